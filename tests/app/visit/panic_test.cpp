// SPDX-License-Identifier: Apache-2.0
#include "app/visit/panic.h"

#include <chrono>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/slots.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::visit {
namespace {

crypto::SecretBytes passphrase() {
  return crypto::SecretBytes::copy_of(as_bytes("seven quiet herons"));
}

// Counts what is changed until the vault's header is gone.
class CountingFiles final : public Files {
 public:
  CountingFiles(Files& real, std::string header) : real_(real), header_(std::move(header)) {}
  [[nodiscard]] int changes_until_gone() const { return changes_; }

  Result<Bytes> read(const std::string& path, std::uint64_t limit_bytes) override {
    return real_.read(path, limit_bytes);
  }
  Status write_atomically(const std::string& path, ByteView bytes, bool owner_only) override {
    count();
    return real_.write_atomically(path, bytes, owner_only);
  }
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override {
    return real_.open(path);
  }
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    count();
    return real_.create(path);
  }
  Result<std::unique_ptr<WritableFile>> append_to(const std::string& path) override {
    count();
    return real_.append_to(path);
  }
  Status rename(const std::string& from, const std::string& to) override {
    count();
    return real_.rename(from, to);
  }
  Status remove(const std::string& path) override {
    count();
    return real_.remove(path);
  }
  bool exists(const std::string& path) override { return real_.exists(path); }
  Status make_directories(const std::string& path) override { return real_.make_directories(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return real_.list(directory);
  }

 private:
  void count() { changes_ += real_.exists(header_) ? 1 : 0; }
  Files& real_;
  std::string header_;
  int changes_ = 0;
};

class Panic : public testing::Test {
 protected:
  vault::VaultPointer make(const std::string& folder, int attachment_mib) {
    auto vault = vault::create_vault({*files_, *clock_}, folder, passphrase(), {});
    EXPECT_TRUE(vault.has_value());
    EXPECT_TRUE(vault::install_form(**vault, {"f", "1", "F", "<h:html/>", {}}));
    const auto visit = vault::new_visit(**vault, {"place", "police", std::nullopt});
    const auto record = vault::add_record(**vault, visit->id, "f", "1");
    auto writer = vault::begin_attachment(**vault, *record, "/data/v", "v.mp4", "video/mp4");
    const Bytes block(1 << 20, 7);
    for (int i = 0; i < attachment_mib; ++i) EXPECT_TRUE((*writer)->append(block));
    EXPECT_TRUE((*writer)->commit());
    for (int i = 0; i < attachment_mib; ++i) {
      EXPECT_TRUE(files_->write_atomically(folder + "/outbox/" + std::to_string(i) + ".vigil",
                                           block, true));
    }
    return std::move(*vault);
  }

  vigil::test::TemporaryFolder temporary_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  std::unique_ptr<Clock> clock_ = platform::system_clock();
  trust::Policy allowed_{.panic_allowed = true};
};

TEST_F(Panic, IsOffUntilTheOfficesPolicyTurnsItOn) {
  const std::string folder = temporary_.file("v");
  make(folder, 1);
  const trust::Policy policy;
  EXPECT_FALSE(may_panic(policy));
  const Status refused = panic({*files_, *clock_}, folder, policy, nullptr);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "panic.off");
  EXPECT_TRUE(vault::open_vault({*files_, *clock_}, folder, passphrase()).has_value());
}

TEST_F(Panic, TakesAsFewChangesForALargeVaultAsForASmallOne) {
  std::vector<int> changes;
  for (const int mib : {0, 24}) {
    const std::string folder = temporary_.file("v" + std::to_string(mib));
    auto vault = make(folder, mib);
    CountingFiles counting(*files_, folder + "/vault.header");
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(panic({counting, *clock_}, folder, allowed_, std::move(vault)));
    const auto took = std::chrono::steady_clock::now() - start;
    changes.push_back(counting.changes_until_gone());
    std::printf("panic with %d MiB in attachments and as much sealed: %.1f ms with tidying\n", mib,
                std::chrono::duration<double, std::milli>(took).count());
    EXPECT_FALSE(vault::vault_exists({*files_, *clock_}, folder));
    EXPECT_TRUE(files_->list(folder)->empty());
    EXPECT_TRUE(files_->list(folder + "/outbox")->empty());
    EXPECT_EQ(vault::open_vault({*files_, *clock_}, folder, passphrase()).error().code,
              "vault.absent");
  }
  EXPECT_EQ(changes[0], changes[1]);
  EXPECT_LE(changes[0], 2);
}

TEST_F(Panic, WorksOnALockedTablet) {
  const std::string folder = temporary_.file("v");
  make(folder, 1);
  ASSERT_TRUE(panic({*files_, *clock_}, folder, allowed_, nullptr));
  EXPECT_FALSE(vault::vault_exists({*files_, *clock_}, folder));
  EXPECT_TRUE(panic({*files_, *clock_}, folder, allowed_, nullptr)) << "again is fine";
}

}  // namespace
}  // namespace vigil::visit
