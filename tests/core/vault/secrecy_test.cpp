// SPDX-License-Identifier: Apache-2.0
//
// What is left of words that were planted: every byte of every file in the vault's folder, in the
// home folder and in the temporary ones, and every page as somebody with the key would see it, in
// the spellings a word may take.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <sqlite3.h>

#include "core/vault/schema.h"
#include "core/vault/unfinished.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

std::vector<std::string> spellings(const std::string& word) {
  std::string wide;
  for (const char c : word) wide += {c, '\0'};
  std::vector<std::string> all{word, wide, hex_encode(as_bytes(word))};
  // base64 of the word at each of the three alignments, without the ends that depend on neighbours.
  for (std::size_t shift = 0; shift < 3; ++shift) {
    const std::string text = base64_encode(as_bytes(std::string(shift, 'x') + word));
    all.push_back(text.substr(4, text.size() - 8));
  }
  return all;
}

bool contains(std::string_view haystack, const std::string& word) {
  return std::ranges::any_of(spellings(word), [&](const std::string& spelling) {
    return std::search(haystack.begin(), haystack.end(),
                       std::boyer_moore_horspool_searcher(spelling.begin(), spelling.end())) !=
           haystack.end();
  });
}

// A word of this run only, as build folders and other tests hold the same source text.
std::string word(const std::string& name) {
  static const std::string run = hex_encode(crypto::SecretBytes::random(6).view());
  return name + run;
}

constexpr const char* kSharedFolders[] = {"/tmp", "/var/tmp", "/dev/shm"};
constexpr const char* kFolderSettings[] = {
    "HOME",           "TMPDIR",          "TMP",           "SQLITE_TMPDIR", "XDG_DATA_HOME",
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"};

class Secrecy : public VaultTest {
 protected:
  Secrecy() : home_(temporary_.file("home")) {
    std::filesystem::create_directory(home_);
    for (const char* name : kFolderSettings) ::setenv(name, home_.c_str(), 1);
    for (const char* folder : kSharedFolders) {
      std::error_code ignored;
      for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.is_directory(ignored)) others_.insert(entry.path());
      }
    }
  }

  ~Secrecy() override {
    for (const char* name : kFolderSettings) ::unsetenv(name);
  }

  // All files that changed since the test began, one after another: of the vault, of its home, and
  // of the temporary folders that no setting moves.
  std::string bytes_on_disk() {
    std::string all;
    add_files(temporary_.path(), all);
    // What is new in these stands in them, or in a folder that is new itself.
    for (const char* folder : kSharedFolders) {
      std::error_code ignored;
      for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (others_.contains(entry.path())) continue;
        if (entry.last_write_time(ignored) < began_ || ignored) continue;
        entry.is_directory(ignored) ? add_files(entry.path(), all) : add_file(entry.path(), all);
      }
    }
    return all;
  }

  void add_files(const std::filesystem::path& folder, std::string& all) {
    std::error_code ignored;
    const auto options = std::filesystem::directory_options::skip_permission_denied;
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, options, ignored);
         !ignored && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(ignored)) {
      add_file(entry->path(), all);
    }
  }
  // It may be gone again where it is another program's.
  void add_file(const std::filesystem::path& path, std::string& all) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return;
    if (std::filesystem::last_write_time(path, ignored) < began_) return;
    all += path.string();
    std::ifstream in(path, std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }

  // Every page of the database, decrypted, free ones too. Requires: an open, settled vault.
  std::string decrypted_pages() {
    sqlite3_int64 size = 0;
    sqlite3* handle = (*vault_->store())->database.handle();
    unsigned char* image = sqlite3_serialize(handle, "main", &size, 0);
    EXPECT_NE(image, nullptr);
    std::string pages(reinterpret_cast<const char*>(image), static_cast<std::size_t>(size));
    sqlite3_free(image);
    return pages;
  }

  // Enough answers of all lengths that trees are balanced and overflow pages used. `mark` is in
  // every one of them.
  void plant(const std::vector<std::pair<RecordId, std::string>>& marks, int count) {
    for (int i = 0; i < count; ++i) {
      for (const auto& [record, mark] : marks) {
        const std::string padding(static_cast<std::size_t>((i * 37) % 900), 'p');
        const std::string value =
            mark + padding + mark + (i % 50 == 0 ? std::string(9000, 'q') + mark : "");
        const std::string ref = "/data/" + mark + std::to_string(i * 7919 % count);
        EXPECT_TRUE(ok(apply(*vault_, record, {{ref, value}})));
      }
    }
  }

  std::string home_;
  std::set<std::filesystem::path> others_;  // folders of other programs, and our own
  // A second back: file systems keep coarser times than clocks.
  std::filesystem::file_time_type began_ =
      std::filesystem::file_time_type::clock::now() - std::chrono::seconds(1);

  void expect_gone(const std::vector<std::string>& words) {
    const std::string disk = bytes_on_disk();
    const std::string pages = decrypted_pages();
    ASSERT_GT(pages.size(), 16'384u);
    ASSERT_TRUE(contains(pages, "CREATE TABLE answers")) << "the scan sees decrypted pages";
    for (const std::string& gone : words) {
      EXPECT_FALSE(contains(disk, gone)) << gone << " is on the disk in clear";
      EXPECT_FALSE(contains(pages, gone)) << gone << " is in a decrypted page";
    }
  }
};

TEST_F(Secrecy, FinalisedVisitIsInNoByte) {
  const RecordId other = start_record();
  const RecordId record = start_record();
  // Interleaved, and one of them shrinking: cells move between pages, and their copies with them.
  plant({{other, word("StaysMarker")}, {record, word("SealedMarker")}}, 400);
  plant({{other, word("MoreMarker")}}, 100);
  ASSERT_TRUE(
      ok(set_place(*vault_, visit_.id, word("PlaceMarkerStation"), word("KindMarkerPolice"))));
  ASSERT_TRUE(ok(set_team(*vault_, visit_.id, {4, {word("teammarkertask")}})));
  ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/p[1]/n", word("RepeatMarker")}})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/q1", FlagKind::kNote, word("FlagMarkerText")})));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", word("UnfinishedMarker"))));
  Bytes photo(600'000);
  const std::string block = word("RawPhotoBlockMarker!");
  for (std::size_t i = 0; i + block.size() <= photo.size(); i += block.size()) {
    std::ranges::copy(block, photo.begin() + static_cast<long>(i));
  }
  attach(record, word("photomarkername") + ".jpg", photo);
  ASSERT_TRUE(contains(decrypted_pages(), word("SealedMarker"))) << "the scan finds what is there";
  ASSERT_FALSE(contains(bytes_on_disk(), word("SealedMarker")));
  temporary_.put("home/leak", as_bytes(word("SealedMarker")));
  ASSERT_TRUE(contains(bytes_on_disk(), word("SealedMarker"))) << "a leak would be found";
  std::filesystem::remove(home_ + "/leak");
  ASSERT_TRUE(ok(finalise(*vault_, visit_.id, request())));
  const std::vector<std::string> gone = {word("SealedMarker"),     word("PlaceMarkerStation"),
                                         word("KindMarkerPolice"), word("RepeatMarker"),
                                         word("FlagMarkerText"),   word("RawPhotoBlockMarker!"),
                                         word("photomarkername"),  word("UnfinishedMarker")};
  expect_gone(gone);
  EXPECT_FALSE(contains(decrypted_pages(), "add-repeat")) << "its journal went with it";
  reopen();
  expect_gone(gone);
  EXPECT_TRUE(contains(decrypted_pages(), word("StaysMarker")));
}

TEST_F(Secrecy, OfDraftsOnlyCurrentValuesStay) {
  const RecordId record = start_record();
  for (const std::string& value : {word("SupersededMarker"), word("CurrentMarker")}) {
    for (int i = 0; i < 300; ++i) {
      const std::string padding(static_cast<std::size_t>((i * 37) % 900), 'p');
      ASSERT_TRUE(
          ok(apply(*vault_, record, {{"/data/q" + std::to_string(i), value + padding + value}})));
    }
  }
  ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/p[1]/n", word("RemovedInstanceMarker")}})));
  ASSERT_TRUE(ok(remove_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/taken", word("TakenBackMarker")}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/taken", ""}}, ChangeKind::kUndo)));
  ASSERT_TRUE(ok(keep_unfinished(*vault_, record, "/data/day", word("HalfADayMarker"))));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/day", "2026-11-20"}})));
  auto other = new_visit(*vault_, {word("DiscardedPlaceMarker"), "police", std::nullopt});
  const auto discarded = add_record(*vault_, other->id, "custody", "1");
  plant({{*discarded, word("DiscardedMarker")}}, 100);
  ASSERT_TRUE(ok(discard_visit(*vault_, other->id)));
  reopen();  // locking rewrites what balancing left behind
  expect_gone({word("SupersededMarker"), word("RemovedInstanceMarker"), word("TakenBackMarker"),
               word("HalfADayMarker"), word("DiscardedPlaceMarker"), word("DiscardedMarker")});
  EXPECT_TRUE(contains(decrypted_pages(), word("CurrentMarker")));
}

}  // namespace
}  // namespace vigil::vault::test
