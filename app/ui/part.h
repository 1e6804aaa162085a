// SPDX-License-Identifier: Apache-2.0
//
// What Kit remembers of a part of a page from one frame to the next. Internal to Kit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace vigil::ui {

struct Part {
  std::uint64_t print = 0;
  float width = 0;
  float scale = 0;
  float y = 0;
  float height = 0;
  std::size_t first = 0;  // of its items
  std::size_t count = 0;
  bool engaged = false;  // somebody was doing something in it
};
using Parts = std::map<std::string, Part, std::less<>>;

}  // namespace vigil::ui
