// SPDX-License-Identifier: Apache-2.0
//
// A vault on a file system of 16 megabytes, in a mount namespace of its own.
#include <gtest/gtest.h>

#include "core/crypto/secret_bytes.h"
#include "tests/support/run_program.h"

namespace vigil::vault::test {
namespace {

TEST(DiskFull, IsAnErrorAndLosesNothing) {
  const vigil::test::TemporaryFolder folder;
  const std::string key = hex_encode(crypto::SecretBytes::random(32).view());
  // The ballast is what a person would delete to make room.
  const std::string script = "mount -t tmpfs -o size=16m none '" + folder.path() +
                             "' || exit 77; head -c 9000000 /dev/zero > '" +
                             folder.file("ballast") + "' && exec '" + VIGIL_VAULT_PROBE +
                             "' full '" + folder.file("vault") + "' " + key;
  const auto done = vigil::test::run_program(
      {"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script});
  if (done.exit_status == 77 || done.errors.find("unshare") != std::string::npos) {
    GTEST_SKIP() << "no mount namespace here: " << done.errors;
  }
  EXPECT_EQ(done.output, "ok\n") << done.errors;
}

}  // namespace
}  // namespace vigil::vault::test
