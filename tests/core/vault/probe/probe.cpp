// SPDX-License-Identifier: Apache-2.0
//
// The child process of vault tests:
//   library                  says what check_library() says
//   fill FOLDER KEY SEED     works in a vault until it is killed, telling each step
//   freeze FOLDER KEY VERSION  makes a vault of that schema version, for tests/vectors
//   full FOLDER KEY        makes a vault and fills the disk it is on
//   attach FOLDER KEY BYTES  attaches, reads back and seals that much, then tells its peak memory
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/vault/sql_library.h"
#include "tests/core/vault/probe/modes.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "library") == 0) {
    const auto status = vigil::vault::sql::check_library();
    std::puts(status.has_value() ? "ok" : status.error().code.c_str());
    return 0;
  }
  if (argc == 5 && std::strcmp(argv[1], "fill") == 0) {
    return vigil::vault::probe::fill(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10));
  }
  if (argc == 5 && std::strcmp(argv[1], "attach") == 0) {
    return vigil::vault::probe::attach(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10));
  }
  if (argc == 4 && std::strcmp(argv[1], "full") == 0) {
    return vigil::vault::probe::fill_disk(argv[2], argv[3]);
  }
  if (argc == 5 && std::strcmp(argv[1], "freeze") == 0) {
    return vigil::vault::probe::freeze(argv[2], argv[3], std::atoi(argv[4]));
  }
  return 2;
}
