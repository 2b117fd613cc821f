# SPDX-License-Identifier: MIT
# openapi.py DESCRIPTION PATH STATUS TYPE FILE - whether an answer is as its OpenAPI description has it
# openapi.py DESCRIPTION - prints each path, and behind it the parameters it takes
import decimal
import json
import sys

from jsonschema import Draft202012Validator, RefResolver


def followed(value):
    return description if "$ref" not in value else resolver.resolve(value["$ref"])[1]


def check(path, status, media_type, file):
    responses = description["paths"][path]["get"]["responses"]
    response = responses.get(status, responses["default"])
    if "$ref" in response:
        response = followed(response)
    contents = response.get("content", {})
    schema = contents[media_type.split(";")[0]].get("schema") if contents else None
    with open(file, newline="") as body:
        text = body.read()
    if schema is None:
        return ["there is a body; expected none"] if text else []
    value = json.loads(text, parse_float=decimal.Decimal) if "json" in media_type else text
    found = Draft202012Validator(schema, resolver=resolver).iter_errors(value)
    return ["/".join(map(str, error.absolute_path)) + ": " + error.message for error in found]


with open(sys.argv[1]) as document:
    description = json.load(document)
resolver = RefResolver("", description)
if len(sys.argv) == 2:
    for place, methods in description["paths"].items():
        names = [followed(parameter)["name"] for parameter in methods["get"]["parameters"]]
        print(place, *names)
    sys.exit()
wrong = check(*sys.argv[2:])
print(*wrong[:5], sep="\n", end="")
sys.exit(bool(wrong))
