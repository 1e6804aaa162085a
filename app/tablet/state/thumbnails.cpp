// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/thumbnails.h"

#include <utility>

#include "core/crypto/secret_bytes.h"

namespace vigil::tablet {
namespace {

constexpr int kThumbnailSide = 320;
// A tablet's camera makes photos of 3 to 12 MB; what is larger is shown by its words alone.
constexpr std::uint64_t kLargestPicture_bytes = 16'000'000;
// Some screens full; the oldest is read again where it comes back into sight.
constexpr std::size_t kMostThumbnails = 64;
// Scrolling goes first: nothing is read before a frame without it was shown.
constexpr int kPause_ms = 30;

}  // namespace

ui::ImagePointer image_of(std::string key, platform::Picture picture) {
  const std::shared_ptr<ui::Image> image(new ui::Image, [](ui::Image* gone) {
    crypto::wipe(gone->rgba);
    delete gone;
  });
  image->key = std::move(key);
  image->width = picture.width;
  image->height = picture.height;
  image->rgba = std::move(picture.rgba);
  return image;
}

ui::ImagePointer Thumbnails::find(std::string_view name) const {
  const auto known = read_.find(name);
  return known == read_.end() ? nullptr : known->second;
}

bool Thumbnails::waits(const vault::Attachment& file) const {
  return file.size_bytes <= kLargestPicture_bytes && !read_.contains(file.name);
}

void Thumbnails::want(const std::string& name, ui::Kit& kit) {
  if (wanted_.empty()) {
    wanted_ = name;
    wanted_since_ms_ = kit.now_ms();
  }
  kit.wake_in(kPause_ms);
}

std::string Thumbnails::due(ui::Kit& kit) {
  if (wanted_.empty()) return {};
  const std::int64_t left_ms = wanted_since_ms_ + kPause_ms - kit.now_ms();
  if (left_ms <= 0) return std::exchange(wanted_, {});
  kit.wake_in(static_cast<int>(left_ms));
  return {};
}

void Thumbnails::keep(const std::string& name, ByteView file) {
  ui::ImagePointer image;
  if (auto picture = platform::decode_picture(file)) {
    image = image_of("thumbnail." + name, platform::shrunk(*picture, kThumbnailSide));
    platform::wipe(*picture);
  }
  if (order_.size() == kMostThumbnails) {
    read_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(name);
  read_[name] = std::move(image);
}

void Thumbnails::clear() {
  read_.clear();
  order_.clear();
  wanted_.clear();
}

}  // namespace vigil::tablet
