// SPDX-License-Identifier: Apache-2.0
//
// Parts of a page that are out of sight: a checklist has hundreds of questions, of which a few can
// be seen.
#include <algorithm>
#include <initializer_list>

#include "app/ui/kit.h"

namespace vigil::ui {
namespace {

// Nearer to what can be seen than this it is drawn: it may be touched beyond its edge.
constexpr float kAround = 64;

}  // namespace

// What is drawn for more than the eye: it takes keys, hands over its text, or was just let go.
void Kit::find_engaged() {
  engaged_.clear();
  for (const std::string_view key : std::initializer_list<std::string_view>{
           focus_, active_, tapped_, tap_after_, editing_.key()}) {
    if (key.empty()) continue;
    const auto found = std::ranges::find(tree_.items, key, &Item::key);
    if (found == tree_.items.end()) continue;
    engaged_.push_back(static_cast<std::size_t>(found - tree_.items.begin()));
  }
}

bool Kit::is_engaged(const Part& part) const {
  return std::ranges::any_of(engaged_, [&](std::size_t item) {
    return item >= part.first && item < part.first + part.count;
  });
}

bool Kit::begin_part(std::string_view key, std::uint64_t print) {
  end_row();
  Column& column = columns_.back();
  const auto known = parts_.find(key);
  Part part = {print, column.rect.width, canvas_.scale(), column.y, 0, building_.items.size()};
  if (known != parts_.end()) {
    const Part& before = known->second;
    const Rect rect = {column.rect.x, column.y, column.rect.width, before.height};
    part.engaged = is_engaged(before);
    const bool same = before.print == part.print && before.width == part.width &&
                      before.scale == part.scale && !before.engaged && !part.engaged;
    if (same && !canvas_.sees(rect.inset(-px(kAround)))) {
      take_over(before, part.y - before.y);
      part.height = before.height;
      part.count = before.count;
      auto node = parts_.extract(known);
      node.mapped() = part;
      building_parts_.insert(std::move(node));
      column.y += part.height;
      return false;
    }
  }
  open_part_ = building_parts_.insert_or_assign(std::string(key), part).first;
  return true;
}

void Kit::end_part() {
  end_row();
  Part& part = open_part_->second;
  part.height = columns_.back().y - part.y;
  part.count = building_.items.size() - part.first;
}

// Out of the frame before, which is of no use once this one is drawn.
void Kit::take_over(const Part& part, float moved) {
  const Rect clip = canvas_.clip();
  for (std::size_t index = part.first; index < part.first + part.count; ++index) {
    const Touch& touch = touches_[index];
    Item& item = building_.items.emplace_back(std::move(tree_.items[index]));
    item.rect.y += moved;
    item.visible = intersection(item.rect.inset(-px(touch.reach)), clip);
    item.focused = false;
    building_touches_.push_back(touch);
  }
}

}  // namespace vigil::ui
