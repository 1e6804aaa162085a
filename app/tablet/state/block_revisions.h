// SPDX-License-Identifier: Apache-2.0
//
// Numbers by which drawing knows that a block of a checklist looks as it did: it need not be laid
// out again. They go on over all checklists, so that no two ever share one.
#pragma once

#include <cstdint>

#include "app/tablet/screens/model.h"

namespace vigil::tablet {

class BlockRevisions {
 public:
  // Gives every block the number it has in `shown`, what is on the screen still (nullptr: nothing
  // of the kind), or a new one where anything of it differs.
  void count(const ChecklistModel* shown, ChecklistModel& model);
  // All are drawn in other words from now on.
  void change_words() { words_since_ = last_; }

 private:
  std::uint64_t last_ = 0;
  std::uint64_t words_since_ = 0;  // the last one given in another language
};

}  // namespace vigil::tablet
