/* SPDX-License-Identifier: MIT */
/* test_route.c - which request finds which route, and what the others are told */
#include "../../almanac/route.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

static void no_answer(void *context, const struct request *request, struct reply *reply)
{
    (void)context, (void)request, (void)reply;
}

static const struct route routes[] = {
    { .path = "/", .answer = no_answer },
    { .path = "/metrics", .answer = no_answer },
    { .path = "/series", .parameters = "match", .answer = no_answer },
    { .path = "/graph/*.png", .parameters = "from,to,lang", .slow = true, .answer = no_answer },
    { .path = "/job/*", .answer = no_answer },
    { .path = "/all/**", .answer = no_answer },
    { .path = "/chosen", .parameters = "of,name[]", .answer = no_answer },
    { .path = "/quit", .answer = no_answer, .methods = "PUT,POST" },
};

/* What became of "METHOD TARGET". */
struct ending {
    struct request request;
    struct reply reply;
    const struct route *route;
};

static void begin(struct ending *ending, const char *method, const char *target)
{
    *ending = (struct ending){ 0 };
    if (request_read(&ending->request, target, &ending->reply))
        ending->route = route_find(routes, sizeof routes / sizeof *routes, method, &ending->request,
                                   &ending->reply);
}

static void end(struct ending *ending)
{
    reply_release(&ending->reply);
    request_free(&ending->request);
}

static void must_route(const char *target, const char *path, const char *tail)
{
    struct ending ending;
    begin(&ending, "GET", target);
    assert_non_null(ending.route);
    assert_string_equal(ending.route->path, path);
    assert_string_equal(ending.request.tail, tail);
    end(&ending);
}

static void must_not_route(const char *method, const char *target, unsigned status,
                           const char *words)
{
    struct ending ending;
    begin(&ending, method, target);
    assert_null(ending.route);
    assert_int_equal(ending.reply.status, status);
    assert_string_equal(ending.reply.content_type, "text/plain; charset=utf-8");
    assert_int_equal(ending.reply.head.size, strlen(words) + 1);
    assert_memory_equal(ending.reply.head.bytes, words, strlen(words));
    assert_int_equal(ending.reply.head.bytes[strlen(words)], '\n');
    assert_int_equal(ending.reply.headers[0].name != NULL, status == 405);
    end(&ending);
}

static void a_path_finds_its_route(void **state)
{
    (void)state;
    must_route("/", "/", "");
    must_route("/metrics", "/metrics", "");
    must_route("/metrics?", "/metrics", "");
    must_route("/metrics?&&", "/metrics", "");
    must_route("/m%65trics", "/metrics", "");
    must_route("/graph/fund_size_cny.png", "/graph/*.png", "fund_size_cny");
    must_route("/graph/.png.png", "/graph/*.png", ".png");
    must_route("/graph/%E5%9F%BA.png", "/graph/*.png", "基");
    must_route("/graph/a+b.png", "/graph/*.png", "a+b");
    must_route("/job/x", "/job/*", "x");
}

static void an_almost_matching_path_is_not_found(void **state)
{
    static const char *const paths[] = {
        "/metric",       "/metricss",        "/metrics/",  "//metrics", "/Metrics",
        "/graph/.png",   "/graph/a/b.png",   "/graph/png", "/graph/",   "/graph/a.png/",
        "/job/",         "/job/a/b",         "",           "metrics",   "*",
        "/graph/a.pngx", "/graph/../metrics"
    };
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct text words = { 0 };
        text_printf(&words, "there is nothing at '%s'", paths[i]);
        must_not_route("GET", paths[i], 404, words.bytes);
        text_free(&words);
    }
    must_not_route("GET", "/graph/a%2Fb.png", 404, "there is nothing at '/graph/a/b.png'");
}

static void only_get_and_head_are_answered(void **state)
{
    struct ending ending;
    (void)state;
    begin(&ending, "HEAD", "/metrics");
    assert_non_null(ending.route);
    end(&ending);
    must_not_route("POST", "/metrics", 405,
                   "'/metrics' cannot be asked with POST; expected GET or HEAD");
    must_not_route("get", "/", 405, "'/' cannot be asked with get; expected GET or HEAD");
    must_not_route("G\xC5T", "/", 405, "'/' cannot be asked with that; expected GET or HEAD");
    must_not_route("POST", "/nowhere", 404, "there is nothing at '/nowhere'");
    begin(&ending, "DELETE", "/metrics");
    assert_string_equal(ending.reply.headers[0].name, "Allow");
    assert_string_equal(ending.reply.headers[0].value, "GET, HEAD");
    end(&ending);
}

static void a_route_may_have_other_methods(void **state)
{
    struct ending ending;
    (void)state;
    begin(&ending, "POST", "/quit");
    assert_non_null(ending.route);
    end(&ending);
    must_not_route("GET", "/quit", 405, "'/quit' cannot be asked with GET; expected PUT or POST");
    must_not_route("PU", "/quit", 405, "'/quit' cannot be asked with PU; expected PUT or POST");
    must_not_route("PUT,POST", "/quit", 405,
                   "'/quit' cannot be asked with PUT,POST; expected PUT or POST");
}

/* The path behind the prefix; NULL where there is none, and the status. */
static void must_strip(const char *target, const char *prefix, const char *path, unsigned status)
{
    struct ending ending = { 0 };
    assert_true(request_read(&ending.request, target, &ending.reply));
    assert_int_equal(request_strip(&ending.request, prefix, &ending.reply), path != NULL);
    assert_int_equal(ending.reply.status, status);
    if (path != NULL)
        assert_string_equal(ending.request.path, path);
    if (status == 302)
        assert_string_equal(ending.reply.headers[0].value, prefix);
    end(&ending);
}

static void two_stars_stand_for_all_the_rest_as_it_was_written(void **state)
{
    (void)state;
    must_route("/all/a", "/all/**", "a");
    must_route("/all/a/b%2Fc/%E4%BA%BF?", "/all/**", "a/b%2Fc/%E4%BA%BF");
    must_route("/%61ll/%61", "/all/**", "%61");
    must_route("/all//a/", "/all/**", "/a/");
    must_not_route("GET", "/all/", 404, "there is nothing at '/all/'");
    must_not_route("GET", "/all", 404, "there is nothing at '/all'");
    must_not_route("GET", "/al/a", 404, "there is nothing at '/al/a'");
    must_not_route("GET", "/all/%zz", 400, "the path is not percent-encoded UTF-8");
}

static void the_rest_begins_behind_the_prefix(void **state)
{
    struct ending ending = { 0 };
    (void)state;
    assert_true(request_read(&ending.request, "/a%6Cmanac/all/x%2Fy", &ending.reply));
    assert_true(request_strip(&ending.request, "/almanac/", &ending.reply));
    assert_non_null(
        route_find(routes, sizeof routes / sizeof *routes, "GET", &ending.request, &ending.reply));
    assert_string_equal(ending.request.tail, "x%2Fy");
    assert_true(request_decode(ending.request.tail));
    assert_string_equal(ending.request.tail, "x/y");
    end(&ending);
    char plus[] = "a+%2b", broken[] = "%E4";
    assert_true(request_decode(plus));
    assert_string_equal(plus, "a++");
    assert_false(request_decode(broken));
}

static void a_prefix_is_taken_off(void **state)
{
    (void)state;
    must_strip("/metrics", "/", "/metrics", 0);
    must_strip("/", "/", "/", 0);
    must_strip("*", "/", NULL, 404);
    must_strip("/a/metrics?x=1", "/a/", "/metrics", 0);
    must_strip("/a/", "/a/", "/", 0);
    must_strip("/a", "/a/", NULL, 302);
    must_strip("/", "/a/", NULL, 302);
    must_strip("/ab/metrics", "/a/", NULL, 404);
    must_strip("/metrics", "/a/", NULL, 404);
}

static void parameters_are_decoded(void **state)
{
    struct ending ending;
    (void)state;
    begin(&ending, "GET", "/graph/a.png?to=2024-06-30&lang=z%68&from=");
    assert_non_null(ending.route);
    assert_string_equal(ending.request.tail, "a");
    assert_string_equal(request_parameter(&ending.request, "to"), "2024-06-30");
    assert_string_equal(request_parameter(&ending.request, "lang"), "zh");
    assert_string_equal(request_parameter(&ending.request, "from"), "");
    assert_null(request_parameter(&ending.request, "t"));
    end(&ending);
    begin(&ending, "GET", "/series?match=a+b%2B%26=%E5%9F%BA");
    assert_string_equal(request_parameter(&ending.request, "match"), "a b+&=基");
    end(&ending);
}

static void unknown_and_repeated_parameters_are_refused_by_name(void **state)
{
    (void)state;
    must_not_route("GET", "/graph/a.png?fro=1", 400,
                   "unknown parameter 'fro'; expected from, to or lang");
    must_not_route("GET", "/graph/a.png?from,to=1", 400,
                   "unknown parameter 'from,to'; expected from, to or lang");
    must_not_route("GET", "/graph/a.png?to=1&=2", 400,
                   "unknown parameter ''; expected from, to or lang");
    must_not_route("GET", "/series?matching", 400, "unknown parameter 'matching'; expected match");
    must_not_route("GET", "/metrics?x=%E5%9F%BA", 400, "unknown parameter 'x'; expected none");
    must_not_route("GET", "/graph/a.png?to=1&to=1", 400,
                   "parameter 'to' is repeated; expected at most one");
    must_not_route("GET", "/graph/a.png?to=1&t%6F=2", 400,
                   "parameter 'to' is repeated; expected at most one");
}

static void a_parameter_may_be_repeated_when_its_name_says_so(void **state)
{
    struct ending ending;
    (void)state;
    begin(&ending, "GET", "/chosen?name[]=a&of=b&name%5B%5D=c&name[]=a");
    assert_non_null(ending.route);
    assert_int_equal(ending.request.parameter_count, 4);
    assert_string_equal(ending.request.parameters[2].name, "name[]");
    assert_string_equal(ending.request.parameters[2].value, "c");
    assert_string_equal(request_parameter(&ending.request, "name[]"), "a");
    end(&ending);
    must_not_route("GET", "/chosen?of=1&of=2", 400,
                   "parameter 'of' is repeated; expected at most one");
    must_not_route("GET", "/chosen?of[]=1", 400, "unknown parameter 'of[]'; expected of or name[]");
    must_not_route("GET", "/chosen?name=1", 400, "unknown parameter 'name'; expected of or name[]");
}

static void too_many_parameters_are_refused(void **state)
{
    struct text target = { 0 };
    struct ending ending;
    (void)state;
    text_put(&target, "/chosen?");
    for (int i = 0; i < REQUEST_PARAMETERS; i++)
        text_put(&target, "name[]=x&");
    begin(&ending, "GET", target.bytes);
    assert_non_null(ending.route);
    end(&ending);
    text_put(&target, "name[]");
    must_not_route("GET", target.bytes, 400, "more than 64 parameters");
    text_free(&target);
}

static const char *find_header(void *message, const char *name)
{
    return strcmp(name, "Accept") == 0 ? message : NULL;
}

static void headers_are_asked_for_by_name(void **state)
{
    char value[] = "*/*";
    struct request request = { 0 };
    (void)state;
    assert_null(request_header(&request, "Accept"));
    request.find_header = find_header;
    request.message = value;
    assert_string_equal(request_header(&request, "Accept"), "*/*");
    assert_null(request_header(&request, "If-None-Match"));
}

static void what_is_not_utf8_is_refused(void **state)
{
    static const char *const broken[] = { "%", "%4", "%zz", "%G0", "%FF", "%C0%80", "%00", "\xE5" };
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct text target = { 0 };
        text_printf(&target, "/metrics%s", broken[i]);
        must_not_route("GET", target.bytes, 400, "the path is not percent-encoded UTF-8");
        text_clear(&target);
        text_printf(&target, "/series?match=%s", broken[i]);
        must_not_route("GET", target.bytes, 400, "parameter 'match' is not percent-encoded UTF-8");
        text_clear(&target);
        text_printf(&target, "/series?%s=1", broken[i]);
        must_not_route("GET", target.bytes, 400,
                       "the name of a parameter is not percent-encoded UTF-8");
        text_free(&target);
    }
}

static void a_text_is_handed_over(void **state)
{
    struct text text = { 0 };
    struct reply reply = { 0 };
    (void)state;
    text_put(&text, "page");
    const char *bytes = text.bytes;
    reply_text(&reply, 200, "text/html", &text);
    assert_ptr_equal(reply.head.bytes, bytes);
    assert_int_equal(reply.head.size, 4);
    assert_int_equal(reply.tail.size, 0);
    assert_null(text.bytes);
    reply_release(&reply);
    assert_null(reply.head.bytes);
}

static void a_file_that_is_not_sent_is_closed(void **state)
{
    struct reply reply = { 0 };
    int fd = memfd_create("file", 0);
    (void)state;
    reply_file(&reply, "text/csv", fd, 0);
    reply_release(&reply);
    assert_int_equal(fcntl(fd, F_GETFD), -1);
    reply_release(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_finds_its_route),
        cmocka_unit_test(an_almost_matching_path_is_not_found),
        cmocka_unit_test(only_get_and_head_are_answered),
        cmocka_unit_test(a_route_may_have_other_methods),
        cmocka_unit_test(two_stars_stand_for_all_the_rest_as_it_was_written),
        cmocka_unit_test(the_rest_begins_behind_the_prefix),
        cmocka_unit_test(a_prefix_is_taken_off),
        cmocka_unit_test(parameters_are_decoded),
        cmocka_unit_test(unknown_and_repeated_parameters_are_refused_by_name),
        cmocka_unit_test(a_parameter_may_be_repeated_when_its_name_says_so),
        cmocka_unit_test(too_many_parameters_are_refused),
        cmocka_unit_test(headers_are_asked_for_by_name),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(a_text_is_handed_over),
        cmocka_unit_test(a_file_that_is_not_sent_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
