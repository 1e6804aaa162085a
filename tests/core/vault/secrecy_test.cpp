// SPDX-License-Identifier: Apache-2.0
//
// What is left in a vault's folder: every byte of every file as it lies there, and every page as
// somebody with the key would see it, in the spellings a word may take.
#include <algorithm>
#include <filesystem>

#include <sqlite3.h>

#include "core/vault/schema.h"
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

class Secrecy : public VaultTest {
 protected:
  // All files of the folder, one after another.
  std::string bytes_on_disk() {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) {
        all += as_text(vigil::test::read_file(entry.path().string()));
        all += entry.path().filename().string();
      }
    }
    return all;
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

  void expect_gone(const std::vector<std::string>& words) {
    const std::string disk = bytes_on_disk();
    const std::string pages = decrypted_pages();
    ASSERT_GT(pages.size(), 16'384u);
    ASSERT_TRUE(contains(pages, "CREATE TABLE answers")) << "the scan sees decrypted pages";
    for (const std::string& word : words) {
      EXPECT_FALSE(contains(disk, word)) << word << " is on the disk in clear";
      EXPECT_FALSE(contains(pages, word)) << word << " is in a decrypted page";
    }
  }
};

TEST_F(Secrecy, FinalisedVisitIsInNoByte) {
  const RecordId other = start_record();
  const RecordId record = start_record();
  // Interleaved, and one of them shrinking: cells move between pages, and their copies with them.
  plant({{other, "StaysMarker"}, {record, "SealedMarker"}}, 400);
  plant({{other, "MoreMarker"}}, 100);
  ASSERT_TRUE(ok(set_place(*vault_, visit_.id, "PlaceMarkerStation", "KindMarkerPolice")));
  ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/p[1]/n", "RepeatMarker"}})));
  ASSERT_TRUE(ok(set_flag(*vault_, record, {"/data/q1", FlagKind::kNote, "FlagMarkerText"})));
  Bytes photo(600'000);
  for (std::size_t i = 0; i < photo.size(); i += 20) {
    std::ranges::copy(std::string("RawPhotoBlockMarker!"), photo.begin() + static_cast<long>(i));
  }
  attach(record, "photomarkername.jpg", photo);
  ASSERT_TRUE(contains(decrypted_pages(), "SealedMarker")) << "the scan finds what is there";
  ASSERT_FALSE(contains(bytes_on_disk(), "SealedMarker"));
  ASSERT_TRUE(ok(finalise(*vault_, visit_.id, request())));
  const std::vector<std::string> gone = {
      "SealedMarker",   "PlaceMarkerStation",   "KindMarkerPolice", "RepeatMarker",
      "FlagMarkerText", "RawPhotoBlockMarker!", "photomarkername",  "add-repeat"};
  expect_gone(gone);
  reopen();
  expect_gone(gone);
  EXPECT_TRUE(contains(decrypted_pages(), "StaysMarker"));
}

TEST_F(Secrecy, OfDraftsOnlyCurrentValuesStay) {
  const RecordId record = start_record();
  for (const char* value : {"SupersededMarker", "CurrentMarker"}) {
    for (int i = 0; i < 300; ++i) {
      const std::string padding(static_cast<std::size_t>((i * 37) % 900), 'p');
      ASSERT_TRUE(
          ok(apply(*vault_, record, {{"/data/q" + std::to_string(i), value + padding + value}})));
    }
  }
  ASSERT_TRUE(ok(add_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/p[1]/n", "RemovedInstanceMarker"}})));
  ASSERT_TRUE(ok(remove_repeat(*vault_, record, "/data/p[1]")));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/taken", "TakenBackMarker"}})));
  ASSERT_TRUE(ok(apply(*vault_, record, {{"/data/taken", ""}}, ChangeKind::kUndo)));
  auto other = new_visit(*vault_, {"DiscardedPlaceMarker", "police", std::nullopt});
  const auto discarded = add_record(*vault_, other->id, "custody", "1");
  plant({{*discarded, "DiscardedMarker"}}, 100);
  ASSERT_TRUE(ok(discard_visit(*vault_, other->id)));
  reopen();  // locking rewrites what balancing left behind
  expect_gone({"SupersededMarker", "RemovedInstanceMarker", "TakenBackMarker",
               "DiscardedPlaceMarker", "DiscardedMarker"});
  EXPECT_TRUE(contains(decrypted_pages(), "CurrentMarker"));
}

}  // namespace
}  // namespace vigil::vault::test
