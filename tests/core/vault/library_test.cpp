// SPDX-License-Identifier: Apache-2.0
//
// The SQL library of this process: a second SQLite could take our calls and write plaintext.
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <link.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/vault/sql_library.h"
#include "tests/core/vault/fixture.h"
#include "tests/support/run_program.h"

namespace vigil::vault::test {
namespace {

TEST(SqlLibrary, IsTheOneWeWereBuiltWith) {
  ASSERT_TRUE(ok(sql::check_library()));
  EXPECT_STREQ(sqlite3_libversion(), SQLITE_VERSION);
  EXPECT_STREQ(sqlite3_sourceid(), SQLITE_SOURCE_ID);
  EXPECT_GE(std::string(sql::cipher_version()).substr(0, 3), "4.5");
}

TEST(SqlLibrary, IsTheOnlySqliteInTheProcess) {
  std::vector<std::string> found;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* data) {
        const std::string_view name = info->dlpi_name;
        const std::string_view file = name.substr(name.rfind('/') + 1);
        if (file.find("sqlite") != std::string_view::npos ||
            file.find("sqlcipher") != std::string_view::npos) {
          static_cast<std::vector<std::string>*>(data)->emplace_back(file);
        }
        return 0;
      },
      &found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found.front().starts_with("libsqlcipher.so")) << found.front();
}

TEST(SqlLibrary, EachUnfitOneHasItsRefusal) {
  const auto judged = [](bool alone, const char* version, bool on_disk) {
    return code_of(sql::judge_library({alone, version, on_disk}));
  };
  EXPECT_EQ(judged(true, "4.5.0 community", false), "");
  EXPECT_EQ(judged(true, "4.6.1 community", false), "");
  EXPECT_EQ(judged(true, "10.0.0", false), "");
  EXPECT_EQ(judged(false, "", false), "vault.library");
  EXPECT_EQ(judged(true, "", false), "vault.library") << "stock SQLite";
  for (const char* old : {"3.4.2 community", "4.4.3 community", "4", "4.", "four.six"}) {
    EXPECT_EQ(judged(true, old, false), "vault.library-old") << old;
  }
  EXPECT_EQ(judged(true, "4.6.1", true), "vault.temporary");
}

// The same check in a process where stock SQLite was loaded in front: it must refuse, not write.
TEST(SqlLibrary, StockSqliteInFrontIsRefused) {
  const std::string probe = VIGIL_VAULT_PROBE;
  for (const char* stock : {"/usr/lib/x86_64-linux-gnu/libsqlite3.so.0",
                            "/usr/lib/aarch64-linux-gnu/libsqlite3.so.0"}) {
    if (::access(stock, R_OK) != 0) continue;
    const auto refused =
        vigil::test::run_program({"env", std::string("LD_PRELOAD=") + stock, probe, "library"});
    EXPECT_EQ(refused.output, "vault.library\n") << refused.errors;
    const auto accepted = vigil::test::run_program({probe, "library"});
    EXPECT_EQ(accepted.output, "ok\n") << accepted.errors;
    return;
  }
  GTEST_SKIP() << "no stock SQLite on this machine";
}

}  // namespace
}  // namespace vigil::vault::test
