// SPDX-License-Identifier: Apache-2.0
//
// Small pictures of the open checklist's attachments: read only for what is in sight, one at a
// time, and wiped with the checklist. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "app/ui/image.h"
#include "app/ui/kit.h"
#include "core/base/bytes.h"
#include "core/vault/attachments.h"
#include "platform/pictures/picture.h"

namespace vigil::tablet {

// Its pixels are overwritten when the last model that shows it is gone.
[[nodiscard]] ui::ImagePointer image_of(std::string key, platform::Picture picture);

class Thumbnails {
 public:
  // nullptr where it was not read yet, or has none.
  [[nodiscard]] ui::ImagePointer find(std::string_view name) const;
  // It has one to be read as soon as it is in sight.
  [[nodiscard]] bool waits(const vault::Attachment& file) const;
  // It is in sight. Whichever came first is due a moment later; the others ask again.
  void want(const std::string& name, ui::Kit& kit);
  // The one to read now; empty where there is none.
  [[nodiscard]] std::string due(ui::Kit& kit);
  // `file` whole; what is no picture is remembered as having none.
  void keep(const std::string& name, ByteView file);
  void clear();

 private:
  std::map<std::string, ui::ImagePointer, std::less<>> read_;
  std::deque<std::string> order_;  // of read_, oldest first
  std::string wanted_;
  std::int64_t wanted_since_ms_ = 0;
};

}  // namespace vigil::tablet
