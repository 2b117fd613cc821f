/* SPDX-License-Identifier: MIT */
/* fuzz_wording.c - what wording_read takes is a decimal, and every plain decimal is taken as such
 */
#include "../../almanac/wording.h"

#include "fuzz.h"

static void check_refusal(const char *text, const struct fault *fault)
{
    struct fault ignored = { 0 };
    struct quantity quantity;
    MUST_HOLD(fault->text[0] != '\0');
    MUST_HOLD(strlen(text) > 150 || quantity_read(text, &quantity, &ignored) != 0);
}

static void check_wording(const char *text, const struct wording *wording)
{
    struct fault fault = { 0 }, ignored = { 0 };
    struct quantity again, plain;
    MUST_HOLD(quantity_read(wording->value.text, &again, &fault) == 0);
    MUST_HOLD(strcmp(wording->value.text, again.text) == 0);
    MUST_HOLD(comparator_text(wording->comparator) != NULL);
    MUST_HOLD(wording->unit == NULL || wording->counter == NULL);
    const struct figure figure = { .unit = wording->unit };
    bool ratio = wording->unit != NULL && strcmp(wording->unit, "ratio") == 0;
    bool fits = wording->change == NULL || ratio;
    MUST_HOLD(wording_check_unit(wording, &figure, &fault) == (fits ? 0 : -1));
    if (quantity_read(text, &plain, &ignored) == 0) {
        MUST_HOLD(strcmp(plain.text, wording->value.text) == 0);
        MUST_HOLD(wording->comparator == COMPARATOR_EXACT && wording->unit == NULL);
        MUST_HOLD(wording->change == NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct fault fault = { 0 }, comma_fault = { 0 };
    struct wording wording;
    if (wording_read(text, &(struct wording_style){ .decimal_comma = false }, &wording, &fault) ==
        0)
        check_wording(text, &wording);
    else
        check_refusal(text, &fault);
    if (wording_read(text, &(struct wording_style){ .decimal_comma = true }, &wording,
                     &comma_fault) != 0)
        MUST_HOLD(comma_fault.text[0] != '\0');
    free(text);
    return 0;
}
