// SPDX-License-Identifier: Apache-2.0
//
// The same of a photo: its blocks go through buffers, SQLite's pages and a reader, and none is left
// once the vault is locked. And the programs that hold answers do free memory by wiping it.
#include <array>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>

#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/vault.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "tests/app/memory/memory_scan.h"
#include "tests/app/tablet/robot.h"
#include "tests/support/run_program.h"

namespace vigil::test {
namespace {

constexpr Masked kPassphrase = "violet tractors hum";
constexpr Masked kBlock = "RawPhotoBlockOfTheYard";
constexpr std::size_t kPhotoBytes = 900'000;

Bytes photo() {
  const std::string block = kBlock.reveal();
  Bytes bytes;
  bytes.reserve(kPhotoBytes + block.size());
  while (bytes.size() < kPhotoBytes) bytes.insert(bytes.end(), block.begin(), block.end());
  return bytes;
}

TEST(PhotoMemory, HoldsNothingOfAPhotoOnceLocked) {
  if (kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  const TemporaryFolder temporary;
  const auto files = platform::posix_files();
  const HandClock clock;
  MemoryScan scan;
  scan.look_for_text("photo", kBlock.reveal());
  const auto passphrase = crypto::SecretBytes::copy_of(as_bytes(kPassphrase.reveal()));
  auto vault = vault::create_vault({*files, clock}, temporary.file("v"), passphrase, {});
  ASSERT_TRUE(vault.has_value());
  ASSERT_TRUE(vault::install_form(**vault, {"f", "1", "F", "<h:html/>", {}}));
  const auto visit = vault::new_visit(**vault, {"place", "police", std::nullopt});
  const auto record = vault::add_record(**vault, visit->id, "f", "1");
  {
    auto writer = vault::begin_attachment(**vault, *record, "/data/p", "p.jpg", "image/jpeg");
    ASSERT_TRUE((*writer)->append(photo()));
    ASSERT_TRUE((*writer)->commit());
    auto file = vault::open_attachment(**vault, (*writer)->id());
    Bytes read(kPhotoBytes);
    ASSERT_TRUE((*file)->read_at(0, read));
    EXPECT_EQ(scan.names_found(), std::vector<std::string>{"photo"}) << "the scan finds it";
  }
  (*vault)->lock();
  EXPECT_TRUE(scan.found().empty()) << testing::PrintToString(scan.found());
}

TEST(WipingFree, StandsInFrontInTheProgramsThatHoldAnswers) {
  if (kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  for (const char* program : {"/vigil", "/vigilctl"}) {
    const auto symbols =
        run_program({"nm", "--dynamic", "--defined-only", VIGIL_BIN_DIR + std::string(program)});
    if (symbols.exit_status == 127) GTEST_SKIP() << "no nm on this machine";
    for (const char* function : {" T free\n", " T realloc\n"}) {
      EXPECT_NE(symbols.output.find(function), std::string::npos) << program << function;
    }
    // Only the tablet's program has GLib.
    if (program == std::string_view("/vigil")) {
      EXPECT_NE(symbols.output.find(" T g_slice_free1\n"), std::string::npos) << program;
    }
  }
}

}  // namespace
}  // namespace vigil::test
