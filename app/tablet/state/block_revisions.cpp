// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/block_revisions.h"

namespace vigil::tablet {

void BlockRevisions::count(const ChecklistModel* shown, ChecklistModel& model) {
  for (std::size_t index = 0; index < model.blocks.size(); ++index) {
    const bool same = shown != nullptr && index < shown->revisions.size() &&
                      shown->revisions[index] > words_since_ &&
                      shown->blocks[index] == model.blocks[index];
    model.revisions.push_back(same ? shown->revisions[index] : ++last_);
  }
}

}  // namespace vigil::tablet
