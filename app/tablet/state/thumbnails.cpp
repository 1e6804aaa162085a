// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/thumbnails.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::tablet {
namespace {

constexpr int kThumbnailSide = 320;
// A tablet's camera makes photos of 3 to 12 MB; what is larger is shown by its words alone.
constexpr std::uint64_t kLargestPicture_bytes = 16'000'000;
// Some screens full; the oldest is read again where it comes back into sight.
constexpr std::size_t kMostThumbnails = 64;
// Scrolling goes first: what passes by is never read.
constexpr std::int64_t kPause_ms = 30;
// Decrypted in a frame: some ms of its 16.
constexpr std::size_t kPiece_bytes = 1 << 20;

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

void Thumbnails::begin_frame() {
  before_ = std::exchange(asked_, {});
}

void Thumbnails::want(const std::string& name, std::int64_t now_ms) {
  if (in_sight(name)) return;
  const auto known = std::ranges::find(before_, name, &Asked::name);
  asked_.push_back({name, known == before_.end() ? now_ms : known->since_ms});
}

bool Thumbnails::in_sight(std::string_view name) const {
  return std::ranges::find(asked_, name, &Asked::name) != asked_.end();
}

std::string Thumbnails::due(std::int64_t now_ms) const {
  if (!name_.empty()) return {};
  for (const Asked& asked : asked_) {
    if (now_ms - asked.since_ms >= kPause_ms && !read_.contains(asked.name)) return asked.name;
  }
  return {};
}

int Thumbnails::wake_ms(std::int64_t now_ms) const {
  if (decoding()) return -1;
  if (file_ != nullptr) return 0;
  std::int64_t soonest = -1;
  for (const Asked& asked : asked_) {
    if (read_.contains(asked.name)) continue;
    const std::int64_t left = std::max<std::int64_t>(0, asked.since_ms + kPause_ms - now_ms);
    soonest = soonest < 0 ? left : std::min(soonest, left);
  }
  return static_cast<int>(soonest);
}

void Thumbnails::open(const std::string& name, std::unique_ptr<ReadableFile> file) {
  CHECK(name_.empty());
  if (file == nullptr) return keep(name, nullptr);
  name_ = name;
  file_ = std::move(file);
  content_.resize(static_cast<std::size_t>(file_->size_bytes()));
  at_ = 0;
}

bool Thumbnails::step() {
  if (decoding()) {
    if (!decoded_) return false;
    decoder_.join();
    keep(name_, std::move(made_));
    name_.clear();
    return true;
  }
  if (file_ == nullptr) return false;
  if (!in_sight(name_)) {
    drop();
    return false;
  }
  const std::size_t piece = std::min(kPiece_bytes, content_.size() - at_);
  const auto count = file_->read_at(at_, std::span(content_).subspan(at_, piece));
  if (!count) {
    // Removed meanwhile, or not to be read: it has none.
    const std::string name = name_;
    drop();
    keep(name, nullptr);
    return true;
  }
  at_ += *count;
  if (*count > 0 && at_ < content_.size()) return false;
  file_.reset();
  decode();
  return false;
}

void Thumbnails::decode() {
  decoded_ = false;
  decoder_ = std::thread([this, name = name_, content = std::exchange(content_, {})]() mutable {
    if (auto picture = platform::decode_small(content, kThumbnailSide)) {
      made_ = image_of("thumbnail." + name, platform::shrunk(*picture, kThumbnailSide));
      platform::wipe(*picture);
    }
    crypto::wipe(content);
    decoded_ = true;
    wake_();
  });
}

void Thumbnails::keep(const std::string& name, ui::ImagePointer image) {
  if (order_.size() == kMostThumbnails) {
    read_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(name);
  read_[name] = std::move(image);
}

void Thumbnails::drop() {
  file_.reset();
  crypto::wipe(content_);
  content_ = {};
  name_.clear();
}

void Thumbnails::clear() {
  if (decoder_.joinable()) decoder_.join();
  made_.reset();
  drop();
  read_.clear();
  order_.clear();
  asked_.clear();
  before_.clear();
}

}  // namespace vigil::tablet
