// SPDX-License-Identifier: Apache-2.0
//
// Places that the satellite receiver is asked for.
#include <algorithm>

#include "app/tablet/state/app.h"
#include "app/tablet/state/question_model.h"

namespace vigil::tablet {

void App::poll_locator(ui::Kit& kit) {
  if (locator_.ref().empty()) return;
  int wake_ms = -1;
  if (locator_.poll(kit.now_ms(), wake_ms)) touch();
  if (wake_ms >= 0) kit.wake_in(wake_ms);
}

// The only point of a question for one; of a line or an area the first that is empty, or one more.
void App::take_place() {
  const auto point = locator_.point();
  const std::string ref = locator_.ref();
  if (!point || !checklist_) return;
  const auto node = checklist_->session().node(ref);
  if (!node) return say_error(node.error());
  locator_.stop();
  if (control_of(*node) == Control::kPoint) return set_answer(ref, value_of({*point}, 1, false));
  const auto typed = unstored_.find(ref);
  std::vector<TypedPoint> points =
      typed_points(typed == unstored_.end() ? node->value : typed->second.value);
  const bool closed = node->value_type == "geoshape";
  if (closed && points.size() > 2 && points.front() == points.back()) points.pop_back();
  const auto empty = std::ranges::find_if(points, [](const TypedPoint& there) {
    return there.latitude.empty() && there.longitude.empty();
  });
  if (empty == points.end()) {
    points.push_back(*point);
  } else {
    *empty = *point;
  }
  set_answer(ref, value_of(points, closed ? 3 : 2, closed));
}

void App::add_locating(ChecklistModel& model) const {
  if (locator_.ref().empty()) return;
  for (Block& block : model.blocks) {
    auto* const card = std::get_if<QuestionCard>(&block);
    if (card == nullptr) continue;
    for (QuestionRow& row : card->rows) {
      if (row.ref == locator_.ref()) row.locating = locator_.shown(words_);
    }
  }
}

}  // namespace vigil::tablet
