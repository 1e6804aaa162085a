// SPDX-License-Identifier: Apache-2.0
//
// What lies in outbox/ without a row may be the only copy of a visit.
#include "core/vault/outbox_files.h"

#include <filesystem>

#include "core/bundle/check.h"
#include "core/vault/outbox.h"
#include "core/vault/settings.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

namespace fs = std::filesystem;

class OutboxFiles : public VaultTest {
 protected:
  FinalisedVisit seal() {
    start_record();
    auto done = finalise(*vault_, visit_.id, request());
    EXPECT_TRUE(ok(done));
    return *done;
  }
  void keep_database() {
    vault_.reset();
    fs::copy_file(folder_ + "/vault.db", temporary_.file("older.db"));
    reopen();
  }
  void put_back_database() {
    vault_.reset();
    fs::copy_file(temporary_.file("older.db"), folder_ + "/vault.db",
                  fs::copy_options::overwrite_existing);
    reopen();
  }
  void put_device_key() {
    ASSERT_TRUE(ok(put_secret(*vault_, kDeviceKeySecret, device_key_.raw().view())));
  }
  std::vector<std::string> unknown() {
    std::vector<std::string> names;
    const auto list = unknown_bundles(*vault_);
    EXPECT_TRUE(ok(list));
    for (const UnknownBundle& found : *list) names.push_back(found.name);
    return names;
  }
};

TEST_F(OutboxFiles, AnOlderDatabaseErasesNoBundle) {
  seal();
  keep_database();
  const auto second = seal();
  put_back_database();
  EXPECT_TRUE(files_->exists(second.path));
  EXPECT_EQ(unknown(), std::vector{bundle::to_string(second.id) + ".vigil"});
  EXPECT_EQ(outbox(*vault_)->size(), 1u);
  reopen();
  EXPECT_TRUE(files_->exists(second.path));
}

TEST_F(OutboxFiles, WhatGoesOnWithTheChainIsTakenBack) {
  put_device_key();
  const auto first = seal();
  keep_database();
  const auto second = seal();
  const auto third = seal();
  put_back_database();
  EXPECT_TRUE(unknown().empty());
  const auto entries = outbox(*vault_);
  ASSERT_EQ(entries->size(), 3u);
  EXPECT_EQ((*entries)[1].id, second.id);
  EXPECT_EQ((*entries)[2].path, third.path);
  EXPECT_EQ((*entries)[2].state, UploadState::kQueued);
  EXPECT_EQ((*entries)[2].size_bytes, third.size_bytes);
  EXPECT_EQ(visit_by_code(*vault_, "BUNDLE-3")->bundle, third.id);
  EXPECT_EQ(seal().sequence, 4u) << "no second bundle of one number";
  reopen();
  EXPECT_EQ(outbox(*vault_)->size(), 4u);
}

TEST_F(OutboxFiles, WhatForksOrIsDamagedIsKeptAndSaid) {
  put_device_key();
  seal();
  keep_database();
  const auto second = seal();
  const auto third = seal();
  vault_.reset();
  fs::rename(second.path, temporary_.file("away"));
  fs::resize_file(third.path, third.size_bytes - 1);
  put_back_database();
  const auto other = seal();
  vault_.reset();
  fs::rename(temporary_.file("away"), second.path);
  reopen();
  EXPECT_EQ(other.sequence, second.sequence);
  EXPECT_EQ(outbox(*vault_)->size(), 2u);
  EXPECT_EQ(unknown().size(), 2u);
  EXPECT_TRUE(files_->exists(second.path) && files_->exists(third.path));
}

TEST_F(OutboxFiles, FilesOfOthersStay) {
  seal();
  for (const char* name : {"README", "letter.txt", "notes.vigil"})
    ASSERT_TRUE(ok(files_->write_atomically(folder_ + "/outbox/" + name, Bytes(10), true)));
  reopen();
  for (const char* name : {"README", "letter.txt", "notes.vigil"})
    EXPECT_TRUE(files_->exists(folder_ + "/outbox/" + name)) << name;
  EXPECT_EQ(unknown(), std::vector<std::string>{"notes.vigil"});
}

TEST_F(OutboxFiles, ASealingThatNeverGotItsRowGoesAtOpening) {
  const auto done = seal();
  const std::string partial = folder_ + "/outbox/sealing.partial";
  ASSERT_TRUE(ok(files_->write_atomically(partial, Bytes(10), true)));
  Store* const store = *vault_->store();
  const bundle::BundleId undone{{7}};
  ASSERT_TRUE(ok(begin_sealing(*store, undone)));
  ASSERT_TRUE(ok(files_->write_atomically(outbox_path(*store, undone), Bytes(10), true)));
  reopen();
  EXPECT_FALSE(files_->exists(partial));
  EXPECT_FALSE(files_->exists(outbox_path(**vault_->store(), undone)));
  EXPECT_TRUE(files_->exists(done.path));
  EXPECT_TRUE(unknown().empty());
  EXPECT_FALSE(get_setting(*vault_, "sealing")->has_value());
}

TEST_F(OutboxFiles, ASealingAfterAFailedOneTakesItsFileAway) {
  Store* const store = *vault_->store();
  const bundle::BundleId undone{{7}};
  ASSERT_TRUE(ok(begin_sealing(*store, undone)));
  ASSERT_TRUE(ok(files_->write_atomically(outbox_path(*store, undone), Bytes(10), true)));
  seal();
  EXPECT_FALSE(files_->exists(outbox_path(*store, undone)));
  EXPECT_FALSE(get_setting(*vault_, "sealing")->has_value());
}

}  // namespace
}  // namespace vigil::vault::test
