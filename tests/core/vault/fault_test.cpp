// SPDX-License-Identifier: Apache-2.0
//
// The disk goes wrong at every change of every operation: afterwards the vault is as before or as
// after it, never neither, and what was reported done is done. VIGIL_FAULTS=all tries each change
// (make soak); without it, later changes are sampled.
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "core/bundle/check.h"
#include "core/vault/header.h"
#include "core/vault/journal.h"
#include "core/vault/outbox.h"
#include "core/vault/slots.h"
#include "tests/core/vault/fault_disk.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

using Operation = std::function<Status(Vault&)>;

class Faults : public VaultTest {
 protected:
  Faults() {
    vault_.reset();
    install_fault_disk();
    watch_folder(folder_);
    vault_ = reopened();
  }
  ~Faults() override {
    vault_.reset();
    (void)disarm();
    watch_folder("");
  }

  VaultPointer reopened() {
    auto vault = open_with_key(host_, folder_, key_.clone(), "00000000");
    EXPECT_TRUE(ok(vault));
    return vault.has_value() ? std::move(*vault) : nullptr;
  }

  // All that the vault says, and that its journals and bundles hold.
  std::string snapshot(Vault& vault) {
    std::string text;
    const auto all = visits(vault);
    for (const Visit& visit : *all) {
      text += visit.code + " " + std::string(to_string(visit.state)) + " " + visit.place + "\n";
      const auto list = records(vault, visit.id);
      for (const Record& record : *list) text += snapshot_of(vault, record.id);
    }
    const auto entries = outbox(vault);
    for (const OutboxEntry& entry : *entries) {
      text += std::to_string(entry.sequence) + std::string(to_string(entry.state));
      text += entry.path.empty() ? " erased\n" : " kept\n";
      if (!entry.path.empty()) check_bundle_file(entry);
      EXPECT_EQ(files_->exists(folder_ + "/outbox/" + bundle::to_string(entry.id) + ".vigil"),
                !entry.path.empty());
    }
    return text;
  }

  std::string snapshot_of(Vault& vault, RecordId record) {
    EXPECT_TRUE(ok(verify_journal(vault, record)));
    std::string text;
    const auto rows = answers(vault, record);
    for (const Answer& row : *rows) text += row.ref + "=" + row.value + "\n";
    const auto files = attachments(vault, record);
    for (const Attachment& file : *files) {
      if (!file.complete) continue;
      auto opened = open_attachment(vault, file.id);
      Bytes content(static_cast<std::size_t>(file.size_bytes));
      EXPECT_TRUE(ok((*opened)->read_at(0, content)));
      text += file.name + ":" + hex_encode(crypto::blake2b_256(content)) + "\n";
    }
    return text;
  }

  void check_bundle_file(const OutboxEntry& entry) {
    auto file = files_->open(entry.path);
    ASSERT_TRUE(ok(file));
    EXPECT_TRUE(ok(bundle::check_bundle(**file, {device_key_.public_key()})));
  }

  void restore(const std::string& from) {
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(from, folder_, std::filesystem::copy_options::recursive);
    forget_files();
  }

  // Runs the operation on a copy of the vault for each fault at each change.
  void run_all(const std::string& what, const Operation& operation) {
    const std::string before = snapshot(*vault_);
    vault_.reset();
    const std::string kept = temporary_.file("kept");
    std::filesystem::remove_all(kept);
    std::filesystem::copy(folder_, kept, std::filesystem::copy_options::recursive);
    vault_ = reopened();
    ASSERT_TRUE(ok(operation(*vault_))) << what;
    const std::string after = snapshot(*vault_);
    ASSERT_NE(before, after) << what;
    vault_.reset();
    int tried = 0;
    for (const Fault fault : kFaults) {
      for (std::uint64_t change = 1;; change = next_to_try(change)) {
        restore(kept);
        vault_ = reopened();
        arm(fault, change);
        const Status done = operation(*vault_);
        vault_.reset();
        const bool met = disarm();
        vault_ = reopened();
        ASSERT_TRUE(vault_ != nullptr) << what << ", " << name_of(fault) << " at " << change;
        const std::string found = snapshot(*vault_);
        vault_.reset();
        ASSERT_TRUE(found == after || (!done.has_value() && found == before))
            << what << ", " << name_of(fault) << " at change " << change << ", said "
            << code_of(done) << "\nfound:\n"
            << found << "\nbefore:\n"
            << before << "\nafter:\n"
            << after;
        ++tried;
        if (!met) break;
      }
    }
    std::printf("%s: %d faults\n", what.c_str(), tried);
    restore(kept);
    vault_ = reopened();
  }
};

TEST_F(Faults, SaveIsWholeOrNot) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  run_all("save", [&](Vault& vault) {
    return apply(vault, record, {{"/data/a", "two"}, {"/data/b", std::string(9000, 'b')}});
  });
}

TEST_F(Faults, RemovingARepeatIsWholeOrNot) {
  const RecordId record = start_record();
  for (const char* ref : {"/data/p[1]", "/data/p[2]", "/data/p[3]"}) {
    ASSERT_TRUE(ok(add_repeat(*vault_, record, ref)));
    ASSERT_TRUE(ok(apply(*vault_, record, {{std::string(ref) + "/n", ref}})));
  }
  run_all("remove repeat",
          [&](Vault& vault) { return remove_repeat(vault, record, "/data/p[2]"); });
}

TEST_F(Faults, AttachingIsWholeOrNot) {
  const RecordId record = start_record();
  run_all("attach", [&](Vault& vault) -> Status {
    VIGIL_ASSIGN(const auto writer,
                 begin_attachment(vault, record, "/data/photo", "a.jpg", "image/jpeg"));
    VIGIL_TRY(writer->append(Bytes(300'000, 3)));
    return writer->commit();
  });
}

TEST_F(Faults, FinalisingIsWholeOrNot) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  attach(record, "a.jpg", Bytes(100'000, 3));
  run_all("finalise", [&](Vault& vault) -> Status {
    VIGIL_TRY(finalise(vault, visit_.id, request()));
    return {};
  });
}

TEST_F(Faults, PurgingIsWholeOrNot) {
  start_record();
  const auto done = finalise(*vault_, visit_.id, request());
  ASSERT_TRUE(ok(done));
  ASSERT_TRUE(ok(acknowledge(*vault_, done->id, "receipt")));
  run_all("purge", [&](Vault& vault) { return erase_sent(vault, done->id); });
}

TEST_F(Faults, DiscardingIsWholeOrNot) {
  const RecordId record = start_record();
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/a", "one"}})));
  run_all("discard", [&](Vault& vault) { return discard_visit(vault, visit_.id); });
}

}  // namespace
}  // namespace vigil::vault::test
