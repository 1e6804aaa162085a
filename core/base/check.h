// SPDX-License-Identifier: Apache-2.0
//
// CHECK stops the program when one of our own assumptions is broken. It stays on in release builds
// and must not be reachable from input: input failures are Error values (error.h).
#pragma once

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                 \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
