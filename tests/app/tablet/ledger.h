// SPDX-License-Identifier: Apache-2.0
//
// What the screen showed as answered, kept apart from the program, to be held against the vault.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/ui/tree.h"
#include "core/base/clock.h"
#include "core/vault/vault.h"

namespace vigil::test {

class Ledger {
 public:
  // Takes down a section as it is shown. `position`: whose it is, as App::position().
  void see(std::string_view position, const tablet::ChecklistModel& shown, const ui::Tree& tree);
  // Marks on a body are kept one by one, on a page over the section last seen.
  void see_marks(const tablet::MediaModel& shown);
  // A finger went on from the section last seen: what was in the field that had the keyboard may
  // have been kept since.
  void leave();
  // The checklist last seen may be otherwise now, in any section.
  void forget_record() { records_.erase(last_record_); }
  // Somebody held the button that erases this visit.
  void may_be_gone(std::int64_t visit) { erased_.insert(visit); }

  // A sentence for each answer, note, mark and photo that was shown and that the vault does not
  // have as shown. What is sealed can no longer be looked at; what was erased is expected to be
  // gone.
  [[nodiscard]] std::vector<std::string> missing_in(vault::Vault& vault, const Clock& clock);
  [[nodiscard]] std::size_t compared() const { return compared_; }

 private:
  struct Row {
    std::string value;
    bool calculated = false;
  };
  struct Marks {
    std::string note;
    bool later = false;
    bool finding = false;
    std::vector<std::string> photos;
  };
  struct Section {
    std::map<std::string, Row> rows;     // by ref
    std::map<std::string, Marks> cards;  // by ref
  };
  using Sections = std::map<std::string, Section>;  // by key
  void compare(vault::Vault& vault, const Clock& clock, std::int64_t record,
               const Sections& sections, std::vector<std::string>& missing);

  // A sentence where a checklist is gone whose visit is there and open, or gone unasked.
  [[nodiscard]] std::string gone(vault::Vault& vault, std::int64_t record) const;

  std::map<std::int64_t, Sections> records_;
  std::map<std::int64_t, std::int64_t> visit_of_;  // by record
  std::set<std::int64_t> erased_;                  // visits
  std::int64_t last_record_ = 0;
  std::string last_section_;
  std::string typing_;  // key of the field that had the keyboard
  std::size_t compared_ = 0;
};

}  // namespace vigil::test
