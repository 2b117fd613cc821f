# Almanac: a collector and an exporter for figures reported over time.
#   make          build both programs into build/
#   make run      install what is missing, build, run on the real figures with data under ./var
#   make test     install what is missing, build, run every test
#   make fuzz     feed random bytes to everything that reads from outside, FUZZ_SECONDS (60) each
#   make bench    measure beside the peers;  make lint  check the form;  make install, uninstall  below PREFIX

B        ?= build
ifeq ($(origin CC),default)
CC       := gcc
endif
CFLAGS   ?= -O2 -g
SANITIZE ?=
PREFIX   ?= /usr/local
VERSION  := 0.1.0
# safe.directory: root may build and install what another cloned. An archive may lie in a repository
# of something else.
GIT      := git -c safe.directory='*'
REVISION := $(shell $(GIT) ls-files --error-unmatch Makefile >/dev/null 2>&1 && \
            $(GIT) rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
COMPILER := $(notdir $(CC)) $(shell $(CC) -dumpversion 2>/dev/null)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wcast-qual -Wformat=2 -Wvla
LIBS     := librrd libcurl jansson sqlite3 libmicrohttpd yaml-0.1 zlib gnutls libcrypt libpcre2-8 \
            libprotobuf-c snappy
override CFLAGS  += -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -pthread $(WARNINGS) $(WERROR) \
            $(addprefix -fsanitize=,$(SANITIZE)) $(shell pkg-config --cflags $(LIBS) 2>/dev/null) \
            -I$(B)/exporter -DALMANAC_VERSION='"$(VERSION)"' -DALMANAC_REVISION='"$(REVISION)"' \
            -DALMANAC_COMPILER='"$(COMPILER)"'
override LDFLAGS += $(addprefix -fsanitize=,$(SANITIZE))
LDLIBS   := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lm

TREE      = $(DESTDIR)$(PREFIX)
EXAMPLES := almanac.yaml futian examples grafana prometheus
# Without what a user has added to a clone.
EXAMPLES := $(or $(shell $(GIT) -C conf ls-files $(EXAMPLES) 2>/dev/null),$(EXAMPLES))
PAGES    := man1/almanac-collector.1 man1/almanac-exporter.1 man5/almanac.yaml.5
UNITS    := almanac-collector.service almanac-exporter.service

# Each folder is a library but for its main.c, so that tests link what they test.
sources   = $(filter-out %/main.c,$(wildcard $(1)/*.c))
objects   = $(patsubst %.c,$(B)/%.o,$(call sources,$(1)))
PROGRAMS := $(B)/almanac-collector $(B)/almanac-exporter
FUZZERS  := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
WIRE     := $(B)/exporter/remote.pb-c# what protoc-c makes of exporter/remote.proto
TESTS    := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/test_*.c))

ifeq ($(V),)
say = @printf '  %-4s %s\n' $(1) $(2);
endif

.PHONY: all run test fuzz bench lint unit-tests fuzzers clean install uninstall
all: $(PROGRAMS)

$(B)/almanac-%: $(B)/%/main.o $(B)/%.a $(B)/almanac.a
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -pthread -o $@ $^ $(LDLIBS)

define archive
$(B)/$(1).a: $$(call objects,$(1))
	$$(call say,AR,$$@)rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach folder,almanac collector exporter,$(eval $(call archive,$(folder))))
$(B)/exporter.a: $(WIRE).o $(B)/exporter/openapi.o

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# What says the revision is compiled again for another one.
$(B)/almanac/program.o $(B)/almanac/vitals.o: $(B)/of-$(REVISION)
$(B)/of-%:
	@mkdir -p $(@D) && rm -f $(B)/of-* && touch $@

$(WIRE).c $(WIRE).h &: exporter/remote.proto
	@mkdir -p $(@D)
	$(call say,GEN,$@)protoc-c --proto_path=$(<D) --c_out=$(@D) $<

$(B)/exporter/remote_query.o $(filter $(B)/tests/unit/test_remote_%,$(TESTS:=.o)): | $(WIRE).h

# A text as a C string, line by line.
$(B)/exporter/openapi.c: exporter/openapi.json
	@mkdir -p $(@D)
	$(call say,GEN,$@)(echo 'extern const char openapi_json[]; const char openapi_json[] ='; \
	    sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $<; echo ';') >$@

# What is made is not looked at for warnings.
$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)$(CC) $(CFLAGS) -w -c -o $@ $<

$(TESTS): $(B)/%: $(B)/%.o $(B)/collector.a $(B)/exporter.a $(B)/almanac.a
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -pthread -o $@ $^ $(LDLIBS) -lcmocka

$(FUZZERS): $(B)/%: $(B)/%.o $(B)/collector.a $(B)/exporter.a $(B)/almanac.a
	$(call say,LINK,$@)$(CC) $(LDFLAGS) -fsanitize=fuzzer -pthread -o $@ $^ $(LDLIBS)

unit-tests: $(TESTS)
fuzzers: $(FUZZERS)

run:
	@conf/install build run
	@+$(MAKE) --no-print-directory all
	@conf/run

test:
	@conf/install build run test
	@tests/run

fuzz:
	@conf/install build test
	@+$(MAKE) --no-print-directory B=build/fuzz CC=clang CFLAGS='-O1 -g -fno-sanitize-recover=all' \
	    SANITIZE='fuzzer-no-link address undefined' fuzzers
	@tests/fuzz/run build/fuzz

bench:
	@conf/install build run
	@+$(MAKE) --no-print-directory all
	@tests/bench/run

lint:
	@tests/lint

clean:
	rm -rf $(B)

# Paths below /usr/local become those below PREFIX.
place = sed 's|/usr/local|$(PREFIX)|g' $(1) >$(TREE)/$(2) && chmod 644 $(TREE)/$(2)
install: all
	install -d $(addprefix $(TREE)/,bin share/almanac share/doc/almanac/docs \
	    share/doc/almanac/exporter share/man/man1 share/man/man5 lib/systemd/system lib/sysusers.d)
	install $(PROGRAMS) $(TREE)/bin
	cd conf && cp -R --parents $(EXAMPLES) $(abspath $(TREE))/share/almanac
	chmod -R a+rX $(TREE)/share/almanac
	install -m 644 README.md LICENSE $(TREE)/share/doc/almanac
	install -m 644 docs/*.md docs/graph.png $(TREE)/share/doc/almanac/docs
	install -m 644 exporter/openapi.json $(TREE)/share/doc/almanac/exporter
	ln -sfn ../../almanac $(TREE)/share/doc/almanac/conf
	ln -sfn ../../../man $(TREE)/share/doc/almanac/docs/man
	$(foreach page,$(PAGES),$(call place,docs/man/$(notdir $(page)),share/man/$(page)) &&) true
	$(foreach unit,$(UNITS),$(call place,conf/systemd/$(unit),lib/systemd/system/$(unit)) &&) true
	install -m 644 conf/systemd/sysusers.conf $(TREE)/lib/sysusers.d/almanac.conf

uninstall:
	rm -rf $(TREE)/share/almanac $(TREE)/share/doc/almanac
	rm -f $(addprefix $(TREE)/,$(addprefix bin/,$(notdir $(PROGRAMS))) \
	    $(addprefix share/man/,$(PAGES)) $(addprefix lib/systemd/system/,$(UNITS)) \
	    lib/sysusers.d/almanac.conf)

.PRECIOUS: $(B)/%.o
-include $(shell find $(B) -name '*.d' 2>/dev/null)
