// SPDX-License-Identifier: Apache-2.0
#include "core/log/tiles.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/log/receipt.h"
#include "tests/support/memory_files.h"

namespace vigil::log {
namespace {

using test::MemoryFiles;

const SignerKey& log_key() {
  static const SignerKey key = SignerKey::generate("hub.example/log", KeyType::kLog);
  return key;
}
SignerKey copy_of(const SignerKey& key) {
  auto copy = SignerKey::parse(key.to_text());
  EXPECT_TRUE(copy);
  return std::move(*copy);
}

Result<LogWriter> open_log(Files& files) {
  return LogWriter::open(files, "log", copy_of(log_key()));
}

Bytes entry_text(std::uint64_t index) {
  return to_bytes("entry " + std::to_string(index));
}

Status append_numbered(LogWriter& log, std::uint64_t count) {
  std::vector<Bytes> entries;
  for (std::uint64_t i = 0; i < count; ++i) entries.push_back(entry_text(log.size() + i));
  const std::vector<ByteView> views(entries.begin(), entries.end());
  VIGIL_TRY(log.append(views));
  return {};
}

Hash root_of_numbered(std::uint64_t size) {
  const auto root = tree_root(size, [](unsigned level, std::uint64_t index) -> Result<Hash> {
    std::vector<Hash> hashes;
    for (std::uint64_t i = index << level; i < (index + 1) << level; ++i)
      hashes.push_back(leaf_hash(entry_text(i)));
    while (hashes.size() > 1) {
      for (std::size_t i = 0; i < hashes.size() / 2; ++i)
        hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
      hashes.resize(hashes.size() / 2);
    }
    return hashes[0];
  });
  EXPECT_TRUE(root);
  return *root;
}

// All that an auditor can ask of a folder whose checkpoint says `size`.
void expect_whole(Files& files, std::uint64_t size) {
  LogReader reader(files, "log");
  const auto note = reader.checkpoint();
  ASSERT_TRUE(note);
  const auto verified = verify_checkpoint(*note, log_key().verifier(), {}, 0);
  ASSERT_TRUE(verified);
  ASSERT_EQ(verified->checkpoint.size, size);
  ASSERT_EQ(verified->checkpoint.root, root_of_numbered(size));
  std::uint64_t seen = 0;
  const Status visited = reader.visit_entries(
      size, verified->checkpoint.root, [&](std::uint64_t index, ByteView entry) {
        EXPECT_EQ(index, seen++);
        EXPECT_EQ(as_text(entry), as_text(entry_text(index)));
        return Status{};
      });
  ASSERT_TRUE(visited) << visited.error().code;
  EXPECT_EQ(seen, size);
}

TEST(TilePath, GroupsByThousands) {
  EXPECT_EQ(tile_path(0, 0, 256), "tile/0/000");
  EXPECT_EQ(tile_path(1, 1234067, 256), "tile/1/x001/x234/067");
  EXPECT_EQ(tile_path(-1, 1000, 256), "tile/entries/x001/000");
  EXPECT_EQ(tile_path(0, 5, 17), "tile/0/005.p/17");
  EXPECT_EQ(tile_path(-1, 999, 1), "tile/entries/999.p/1");
}

TEST(LogWriter, StartsWithASignedEmptyTree) {
  MemoryFiles files;
  const auto log = open_log(files);
  ASSERT_TRUE(log);
  EXPECT_EQ(log->size(), 0U);
  expect_whole(files, 0);
}

TEST(LogWriter, AnyBatchesGiveTheSameTree) {
  for (const std::vector<std::uint64_t>& batches : {std::vector<std::uint64_t>{1, 1, 1, 1},
                                                    {255, 1, 1},
                                                    {256},
                                                    {300, 300},
                                                    {511, 2},
                                                    {600, 0}}) {
    MemoryFiles files;
    auto log = open_log(files);
    ASSERT_TRUE(log);
    std::uint64_t size = 0;
    for (const std::uint64_t count : batches) {
      ASSERT_TRUE(append_numbered(*log, count));
      size += count;
      expect_whole(files, size);
    }
  }
}

TEST(LogWriter, GoesOnAfterReopeningAtEverySize) {
  MemoryFiles files;
  for (std::uint64_t size = 0; size < 520; ++size) {
    auto log = open_log(files);
    ASSERT_TRUE(log);
    ASSERT_EQ(log->size(), size);
    ASSERT_TRUE(append_numbered(*log, 1));
  }
  expect_whole(files, 520);
}

TEST(LogWriter, ThreeTileLevelsProveAndReopen) {
  MemoryFiles files;
  constexpr std::uint64_t kSize = 65536 + 256 + 7;
  {
    auto log = open_log(files);
    ASSERT_TRUE(log);
    for (std::uint64_t left = kSize; left > 0;) {
      const std::uint64_t count = std::min<std::uint64_t>(left, 5000);
      ASSERT_TRUE(append_numbered(*log, count));
      left -= count;
    }
  }
  EXPECT_TRUE(files.exists("log/tile/2/000.p/1"));
  auto log = open_log(files);
  ASSERT_TRUE(log);
  ASSERT_TRUE(append_numbered(*log, 1));
  expect_whole(files, kSize + 1);
  for (const std::uint64_t index :
       {std::uint64_t{0}, std::uint64_t{65535}, std::uint64_t{65536}, kSize - 1, kSize}) {
    const auto receipt = log->receipt(index);
    ASSERT_TRUE(receipt);
    EXPECT_TRUE(verify_receipt(*receipt, entry_text(index), log_key().verifier(), {}, 0));
  }
}

TEST(LogWriter, FullTilesReplaceTheirPartsAndOldCheckpointsStayProvable) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  ASSERT_TRUE(append_numbered(*log, 100));
  EXPECT_TRUE(files.exists("log/tile/0/000.p/100"));
  ASSERT_TRUE(append_numbered(*log, 156));
  EXPECT_FALSE(files.exists("log/tile/0/000.p/100"));
  LogReader reader(files, "log");
  EXPECT_TRUE(reader.visit_entries(100, root_of_numbered(100),
                                   [](std::uint64_t, ByteView) { return Status{}; }));
  const auto proof = reader.prove_inclusion(99, 100);
  ASSERT_TRUE(proof);
  EXPECT_TRUE(verify_inclusion(99, 100, leaf_hash(entry_text(99)), *proof, root_of_numbered(100)));
}

TEST(LogWriter, ACrashAtAnyStepLeavesTheLastCheckpointTrue) {
  MemoryFiles before;
  {
    auto log = open_log(before);
    ASSERT_TRUE(log);
    ASSERT_TRUE(append_numbered(*log, 250));
  }
  for (std::uint64_t steps = 0;; ++steps) {
    MemoryFiles files(before.contents());
    bool appended = false;
    {
      auto log = open_log(files);
      ASSERT_TRUE(log);
      files.fail_after_changes(steps);
      appended = append_numbered(*log, 10).has_value();
    }
    files.work_again();
    expect_whole(files, appended ? 260 : 250);
    // The writer that comes next overwrites what the crash left behind.
    auto log = open_log(files);
    ASSERT_TRUE(log);
    ASSERT_TRUE(append_numbered(*log, 9));
    expect_whole(files, appended ? 269 : 259);
    if (appended && steps > 20) break;
    ASSERT_LT(steps, 100U);
  }
}

TEST(LogWriter, AfterAFailedCheckpointItAsksToBeReopened) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  files.fail_after_changes(2);  // the two partial tiles, not the checkpoint
  const Status failed = append_numbered(*log, 3);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::kStorage);
  files.work_again();
  const Status refused = append_numbered(*log, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "log.reopen");
  expect_whole(files, 0);
}

TEST(LogWriter, AfterAFailedTileItGoesOn) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  files.fail_after_changes(1);
  EXPECT_FALSE(append_numbered(*log, 3));
  EXPECT_EQ(log->size(), 0U);
  files.work_again();
  EXPECT_TRUE(append_numbered(*log, 3));
  expect_whole(files, 3);
}

TEST(LogWriter, AnEntryOfTheLargestSizeFitsAndALargerOneIsRefusedWhole) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  const Bytes largest(kEntryLimitBytes, 7);
  ASSERT_TRUE(log->append({largest}));
  LogReader reader(files, "log");
  EXPECT_EQ(reader.entry(0, 1).value(), largest);
  const Bytes larger(kEntryLimitBytes + 1, 7);
  const auto refused = log->append({largest, larger});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "log.entry_size");
  EXPECT_EQ(log->size(), 1U);
}

TEST(LogWriter, AnothersLogIsNotContinued) {
  MemoryFiles files;
  ASSERT_TRUE(open_log(files));
  const auto opened =
      LogWriter::open(files, "log", SignerKey::generate("hub.example/log", KeyType::kLog));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "note.signature");
}

TEST(LogWriter, ChangedTilesAreNotedWhenOpening) {
  for (const char* path : {"log/tile/0/000.p/3", "log/tile/entries/000.p/3"}) {
    MemoryFiles files;
    {
      auto log = open_log(files);
      ASSERT_TRUE(log);
      ASSERT_TRUE(append_numbered(*log, 3));
    }
    Bytes content = files.contents().at(path);
    content.back() ^= 1;
    files.put(path, content);
    const auto opened = open_log(files);
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().code, "log.root");
  }
}

TEST(LogReader, EveryProofBetweenAnyTwoSizesHolds) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  ASSERT_TRUE(append_numbered(*log, 530));
  LogReader reader(files, "log");
  for (const std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 530U}) {
    for (std::uint64_t old = 0; old <= size; old += 17) {
      const auto proof = reader.prove_consistency(old, size);
      ASSERT_TRUE(proof) << proof.error().message;
      EXPECT_TRUE(
          verify_consistency(old, size, root_of_numbered(old), root_of_numbered(size), *proof));
    }
    for (std::uint64_t index = 0; index < size; index += 13) {
      const auto proof = reader.prove_inclusion(index, size);
      ASSERT_TRUE(proof);
      EXPECT_TRUE(verify_inclusion(index, size, leaf_hash(entry_text(index)), *proof,
                                   root_of_numbered(size)));
    }
  }
}

TEST(LogReader, AChangedEntryShowsAgainstTheRoot) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  ASSERT_TRUE(append_numbered(*log, 5));
  Bytes content = files.contents().at("log/tile/entries/000.p/5");
  content[3] ^= 1;
  files.put("log/tile/entries/000.p/5", content);
  LogReader reader(files, "log");
  const Status visited = reader.visit_entries(5, root_of_numbered(5),
                                              [](std::uint64_t, ByteView) { return Status{}; });
  ASSERT_FALSE(visited);
  EXPECT_EQ(visited.error().code, "log.root");
}

TEST(LogReader, CutAndMissingTilesAreErrors) {
  MemoryFiles files;
  auto log = open_log(files);
  ASSERT_TRUE(log);
  ASSERT_TRUE(append_numbered(*log, 5));
  for (const std::string path : {"log/tile/entries/000.p/5", "log/tile/0/000.p/5"}) {
    const Bytes whole = files.contents().at(path);
    files.put(path, ByteView(whole).first(whole.size() - 1));
    LogReader reader(files, "log");
    const bool entries = path.find("entries") != std::string::npos;
    EXPECT_EQ(entries ? reader.entry(4, 5).error().code : reader.node(0, 0, 5).error().code,
              "log.tile");
    ASSERT_TRUE(files.remove(path));
    EXPECT_EQ(entries ? reader.entry(4, 5).error().kind : reader.node(0, 0, 5).error().kind,
              ErrorKind::kNotFound);
    files.put(path, whole);
  }
  LogReader reader(files, "log");
  EXPECT_EQ(reader.entry(5, 5).error().code, "log.size");
  EXPECT_EQ(reader.node(3, 0, 5).error().code, "log.size");
  EXPECT_EQ(reader.node(64, 0, 5).error().code, "log.size");
  EXPECT_EQ(reader.prove_inclusion(5, 5).error().code, "log.inclusion");
}

}  // namespace
}  // namespace vigil::log
