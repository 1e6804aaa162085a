# SPDX-License-Identifier: Apache-2.0
# A thin door to CMake and CTest. `make help` lists what is here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SETUP := platform/setup/debian.sh
JOBS ?= $(shell nproc)

.PHONY: help setup build run test lint fmt clean screens bench soak monkey asan package

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1\t/' | expand -t 12

setup:  ## install what is missing from Debian (quiet when nothing is)
	@$(SETUP)

build: setup  ## build the programs into build/bin
	@platform/setup/configure.sh dev
	@cmake --build build --target programs -j $(JOBS)

run: build  ## carry one visit the whole way, from checklist to auditor
	@tests/whole-way/run.sh build/bin

test: setup  ## build and run every test
	@platform/setup/configure.sh dev
	@cmake --build build -j $(JOBS)
	@ctest --test-dir build -j $(JOBS) --output-on-failure --no-tests=error

screens: build  ## write a picture of every tablet screen (LANGUAGE=ru SIZE=1280x800 THEME=light OUT=build/screens)
	@mkdir -p $(or $(OUT),build/screens)
	@build/bin/vigil --sample --screens $(or $(OUT),build/screens) --language $(or $(LANGUAGE),ru) --size $(or $(SIZE),1280x800) --theme $(or $(THEME),light)

bench: build  ## print timings, with ratios to something on the same machine
	@cmake --build build --target benchmarks -j $(JOBS)
	@tests/bench/run.sh build

soak: setup  ## the long runs (kill -9 by the thousand, a fault at every change, a monkey)
	@platform/setup/configure.sh dev
	@cmake --build build -j $(JOBS)
	@ctest --test-dir build -C Soak -L soak --output-on-failure

monkey:  ## the tablet under 20,000 taps and keys at random, with sanitizers (SEED=1 STEPS=20000)
	@$(SETUP) lint
	@cmake --preset asan >/dev/null
	@cmake --build build-asan --target app_tablet_test -j $(JOBS)
	@VIGIL_MONKEY_SEED=$(or $(SEED),1) VIGIL_MONKEY_STEPS=$(or $(STEPS),20000) \
	  build-asan/tests/app_tablet_test --gtest_filter='MonkeyTest.*'

asan:  ## build and test with address and undefined-behaviour sanitizers (clang 19)
	@$(SETUP) lint
	@cmake --preset asan >/dev/null
	@cmake --build build-asan -j $(JOBS)
	@ctest --test-dir build-asan -j $(JOBS) --output-on-failure

package:  ## Debian packages of tablet app, hub, office tools and verifier, into build-release/packages
	@$(SETUP) package
	@cmake --preset release >/dev/null
	@cmake --build build-release --target programs -j $(JOBS)
	@SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)} \
	  cpack --config build-release/CPackConfig.cmake -B build-release/packages >build-release/cpack.log 2>&1 || \
	  { cat build-release/cpack.log; exit 1; }
	@ls build-release/packages/*.deb

lint:  ## clang-tidy and clang-format (clang 19) over the tree
	@$(SETUP) lint
	@platform/setup/configure.sh dev
	@tests/lint/clang.sh check

fmt:  ## format the tree with clang-format 19
	@$(SETUP) lint
	@tests/lint/clang.sh format

clean:  ## remove what was built
	@rm -rf build build-* run
