// SPDX-License-Identifier: Apache-2.0
//
// Small pictures of the open checklist's attachments: read only for what stays in sight, a piece a
// frame, decoded on a thread of their own one at a time, and wiped with the checklist. The
// screen's thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/ui/image.h"
#include "core/base/bytes.h"
#include "core/base/files.h"
#include "core/vault/attachments.h"
#include "platform/pictures/picture.h"

namespace vigil::tablet {

// Its pixels are overwritten when the last model that shows it is gone.
[[nodiscard]] ui::ImagePointer image_of(std::string key, platform::Picture picture);

class Thumbnails {
 public:
  // `wake` is told from the other thread that one is decoded.
  explicit Thumbnails(std::function<void()> wake) : wake_(std::move(wake)) {}
  ~Thumbnails() { clear(); }
  Thumbnails(const Thumbnails&) = delete;
  Thumbnails& operator=(const Thumbnails&) = delete;

  // nullptr where it was not read yet, or has none.
  [[nodiscard]] ui::ImagePointer find(std::string_view name) const;
  // It has one to be read as soon as it is in sight.
  [[nodiscard]] bool waits(const vault::Attachment& file) const;

  // A frame begins: what the frame before asked for and this one does not is out of sight.
  void begin_frame();
  // It is in sight in this frame.
  void want(const std::string& name, std::int64_t now_ms);
  // The one to open now, in sight for a moment already; empty where there is none.
  [[nodiscard]] std::string due(std::int64_t now_ms) const;
  // Begins to read it. `file` nullptr: it has no picture. It borrows from the vault: step() and
  // clear() before that is locked.
  void open(const std::string& name, std::unique_ptr<ReadableFile> file);
  // Goes on with what was opened: reads a piece, or hands the whole over to be decoded, or takes
  // what is decoded. What is out of sight meanwhile is dropped unread. True where a picture came.
  [[nodiscard]] bool step();
  // When to be asked again, in ms; negative: not before something else happens.
  [[nodiscard]] int wake_ms(std::int64_t now_ms) const;
  [[nodiscard]] bool decoding() const { return decoder_.joinable(); }
  // Nothing is left of any when it returns: waits for the one that is being decoded, some tens of
  // ms.
  void clear();

 private:
  struct Asked {
    std::string name;
    std::int64_t since_ms = 0;
  };
  [[nodiscard]] bool in_sight(std::string_view name) const;
  void drop();
  void decode();
  void keep(const std::string& name, ui::ImagePointer image);

  std::function<void()> wake_;
  std::map<std::string, ui::ImagePointer, std::less<>> read_;
  std::deque<std::string> order_;  // of read_, oldest first
  std::vector<Asked> asked_;       // in this frame
  std::vector<Asked> before_;      // in the frame before

  std::string name_;  // of what is being read or decoded
  std::unique_ptr<ReadableFile> file_;
  Bytes content_;
  std::size_t at_ = 0;
  std::thread decoder_;
  std::atomic<bool> decoded_ = false;
  ui::ImagePointer made_;  // the decoder's until decoded_
};

}  // namespace vigil::tablet
