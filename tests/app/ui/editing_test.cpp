// SPDX-License-Identifier: Apache-2.0
#include "app/ui/editing.h"

#include <gtest/gtest.h>

#include "app/ui/utf8.h"

namespace vigil::ui {
namespace {

TEST(Editing, ErasesWholeLetters) {
  Editing editing;
  editing.start("k", "ҷӣ");
  editing.erase_before();
  EXPECT_EQ(editing.text(), "ҷ");
  editing.move(-1, false);
  editing.erase_after();
  EXPECT_EQ(editing.text(), "");
  editing.erase_before();
  editing.erase_after();
  EXPECT_EQ(editing.text(), "");
}

TEST(Editing, TypingReplacesTheSelection) {
  Editing editing;
  editing.start("k", "one two");
  editing.place_caret(4, false);
  editing.place_caret(7, true);
  EXPECT_EQ(editing.selected(), "two");
  editing.insert("три");
  EXPECT_EQ(editing.text(), "one три");
  editing.select_all();
  editing.erase_before();
  EXPECT_EQ(editing.text(), "");
}

TEST(Editing, UndoAndRedoGoByPauses) {
  Editing editing;
  editing.start("k", "");
  editing.set_time(1000);
  editing.insert("a");
  editing.set_time(1100);
  editing.insert("b");
  editing.set_time(5000);
  editing.insert("c");
  editing.undo();
  EXPECT_EQ(editing.text(), "ab");
  editing.undo();
  EXPECT_EQ(editing.text(), "");
  editing.redo();
  editing.redo();
  EXPECT_EQ(editing.text(), "abc");
}

TEST(Editing, StoppedLeavesNoText) {
  Editing editing;
  editing.start("k", "a secret that is long enough to be on the heap");
  const char* const where = editing.text().data();
  const std::size_t length = editing.text().size();
  editing.stop();
  EXPECT_EQ(std::string_view(where, length).find("secret"), std::string_view::npos);
}

TEST(Letters, SearchFoldsBothAlphabetsAndTheirExtensions) {
  EXPECT_TRUE(holds_folded("ИВС Ленинского района", "ивс ленинского"));
  EXPECT_TRUE(holds_folded("Ңөүқғ", "ңӨҮҚҒ"));
  EXPECT_TRUE(holds_folded("Ҷои маҳрумият", "ҷОИ МАҲ"));
  EXPECT_TRUE(holds_folded("Ýüz Žaý", "ýÜZ žAÝ"));
  EXPECT_FALSE(holds_folded("СИЗО", "ИВС"));
  EXPECT_TRUE(holds_folded("anything", ""));
}

TEST(Letters, BrokenTextIsWalkedToItsEnd) {
  const std::string text = "a\xFF\xD0";
  std::size_t at = 0;
  EXPECT_EQ(next_letter(text, at), U'a');
  EXPECT_EQ(next_letter(text, at), U'\uFFFD');
  EXPECT_EQ(next_letter(text, at), U'\uFFFD');
  EXPECT_EQ(at, text.size());
}

}  // namespace
}  // namespace vigil::ui
