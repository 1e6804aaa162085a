// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/media_desk.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/crypto/secret_bytes.h"

namespace vigil::tablet {
namespace {

// A photo documents; more than this makes the stick and the network slow, not the photo better.
constexpr int kLongestPhotoSide = 2560;
constexpr int kShownSide = 1280;
constexpr int kPhotoQuality = 88;
constexpr int kDrawingWidth = 1600;
constexpr int kSignatureWidth = 1000;
constexpr int kPreview_ms = 40;
constexpr int kSound_ms = 200;
constexpr std::int64_t kLongestRecording_ms = 60 * 60 * 1000;

void wipe_image(std::shared_ptr<ui::Image>& image) {
  if (image != nullptr) crypto::wipe(image->rgba);
  image.reset();
}

bool takes_picture(FileKind kind) {
  return kind == FileKind::kPhoto || kind == FileKind::kAnnotation;
}

}  // namespace

void MediaDesk::start(std::string ref, std::string title, FileKind kind) {
  clear();
  ref_ = std::move(ref);
  title_ = std::move(title);
  kind_ = kind;
  switch (kind) {
    case FileKind::kDrawing:
    case FileKind::kSignature:
      page_ = MediaPage::kDrawing;
      sketch_ = ui::Sketch(kind == FileKind::kSignature ? 0.35F : 0.7F);
      sketch_.tool = {ui::SketchMark::Kind::kLine, ui::rgb(0x1B1F23), 0.005F, {}};
      return;
    case FileKind::kSound:
      page_ = MediaPage::kSound;
      return;
    case FileKind::kPhoto:
    case FileKind::kAnnotation:
      page_ = MediaPage::kCamera;
      open_camera();
      return;
    case FileKind::kVideo:
    case FileKind::kAny:
      page_ = MediaPage::kFiles;
      return;
  }
}

void MediaDesk::start_body_map(std::string ref, std::string title, std::vector<BodyMark> there) {
  clear();
  ref_ = std::move(ref);
  title_ = std::move(title);
  page_ = MediaPage::kBodyMap;
  marks = std::move(there);
  chosen_mark = kMostMarks;
}

void MediaDesk::start_code(std::string ref, std::string title) {
  clear();
  ref_ = std::move(ref);
  title_ = std::move(title);
  page_ = MediaPage::kCode;
  open_camera();
  if (camera_ != nullptr) reader_ = platform::CodeReader::start();
}

std::optional<std::string> MediaDesk::take_code() {
  return reader_ == nullptr ? std::nullopt : reader_->take();
}

void MediaDesk::start_files(std::string ref, std::string title, FileKind kind) {
  clear();
  ref_ = std::move(ref);
  title_ = std::move(title);
  kind_ = kind;
  page_ = MediaPage::kFiles;
}

void MediaDesk::open_camera() {
  auto camera = platform::Camera::open("");
  no_camera_ = !camera;
  if (camera) {
    camera_ = std::move(*camera);
  } else {
    say(camera.error());
  }
}

void MediaDesk::clear() {
  camera_.reset();
  reader_.reset();
  recorder_.reset();
  player_.reset();
  platform::wipe(picture_);
  wipe_image(shown_);
  crypto::wipe(sound_);
  // A cleared vector or string keeps its memory and what stood in it.
  Bytes().swap(sound_);
  sketch_ = ui::Sketch();
  std::vector<BodyMark>().swap(marks);
  chosen_mark = 0;
  beside = false;
  leaving = false;
  fresh_sound_ = false;
  for (std::string* text : {&ref_, &title_, &folder_}) std::string().swap(*text);
  error_.reset();
  std::vector<std::string>().swap(folders_);
  std::vector<MediaModel::File>().swap(files_);
  page_.reset();
  no_camera_ = false;
  length_ms_ = recording_since_ms_ = 0;
}

void MediaDesk::set_picture(platform::Picture picture) {
  platform::wipe(picture_);
  picture_ = std::move(picture);
  platform::Picture small = platform::shrunk(picture_, kShownSide);
  wipe_image(shown_);
  shown_ = std::make_shared<ui::Image>();
  shown_->key = "media";
  shown_->version = ++version_;
  shown_->width = small.width;
  shown_->height = small.height;
  shown_->rgba = std::move(small.rgba);
}

bool MediaDesk::unkept() const {
  if (!page_) return false;
  switch (*page_) {
    case MediaPage::kMask:
      return true;
    case MediaPage::kDrawing:
      return !sketch_.empty();
    case MediaPage::kSound:
      return recorder_ != nullptr || fresh_sound_;
    case MediaPage::kCamera:
    case MediaPage::kBodyMap:
    case MediaPage::kFiles:
    case MediaPage::kCode:
      return false;
  }
  return false;
}

bool MediaDesk::poll(std::int64_t now_ms, int& wake_ms) {
  wake_ms = -1;
  if (!page_) return false;
  bool changed = false;
  if (camera_ != nullptr && (*page_ == MediaPage::kCamera || *page_ == MediaPage::kCode)) {
    wake_ms = kPreview_ms;
    auto picture = camera_->picture();
    if (!picture) {
      say(picture.error());
      camera_.reset();
      wake_ms = -1;
      changed = true;
    } else if (*picture) {
      set_picture(std::move(**picture));
      if (reader_ != nullptr) reader_->offer(picture_);
      changed = true;
    }
  }
  if (recorder_ != nullptr) {
    wake_ms = kSound_ms;
    const std::int64_t before = length_ms_ / 1000;
    length_ms_ = now_ms - recording_since_ms_;
    changed = changed || before != length_ms_ / 1000;
    const Status status = recorder_->poll();
    if (!status) say(status.error());
    if (!status || length_ms_ >= kLongestRecording_ms) {
      stop_recording();
      changed = true;
    }
  }
  if (player_ != nullptr) {
    wake_ms = kSound_ms;
    if (player_->done()) {
      player_.reset();
      changed = true;
    }
  }
  return changed;
}

MediaModel MediaDesk::model(const words::Words& words) const {
  MediaModel model;
  model.page = *page_;
  model.file = kind_;
  model.ref = ref_;
  model.title = title_;
  // The page of bar codes says itself what to do without a camera.
  const bool said =
      *page_ == MediaPage::kCode && no_camera_ && error_ && error_->code == "camera.absent";
  if (error_ && !said) model.error = media_error_words(words, *error_);
  model.picture = shown_;
  model.sketch = &sketch_;
  model.marks = marks;
  model.chosen_mark = chosen_mark;
  model.can_use_file = true;
  model.has_camera = !no_camera_;
  model.leaving = leaving;
  model.recording = recorder_ != nullptr;
  model.recorded = !sound_.empty();
  model.playing = player_ != nullptr;
  model.length = fmt::format("{}:{:02}", length_ms_ / 60'000, length_ms_ / 1000 % 60);
  for (const std::string& folder : folders_) {
    const std::string name = folder.substr(folder.rfind('/') + 1);
    model.folders.push_back({folder, name, folder == folder_});
  }
  model.files = files_;
  return model;
}

void MediaDesk::take() {
  if (picture_.rgba.empty()) return;
  camera_.reset();
  show_picture(std::exchange(picture_, {}));
}

void MediaDesk::show_picture(platform::Picture picture) {
  error_.reset();
  if (!takes_picture(kind_)) kind_ = FileKind::kPhoto;
  set_picture(platform::shrunk(picture, kLongestPhotoSide));
  platform::wipe(picture);
  sketch_ = ui::Sketch(static_cast<float>(picture_.height) / static_cast<float>(picture_.width));
  sketch_.tool = {ui::SketchMark::Kind::kRectangle, ui::rgb(0x000000), 0, {}};
  page_ = MediaPage::kMask;
}

void MediaDesk::retake() {
  leaving = false;
  platform::wipe(picture_);
  wipe_image(shown_);
  error_.reset();
  page_ = MediaPage::kCamera;
  open_camera();
}

void MediaDesk::record(std::int64_t now_ms) {
  player_.reset();
  crypto::wipe(sound_);
  sound_.clear();
  fresh_sound_ = false;
  error_.reset();
  length_ms_ = 0;
  auto recorder = platform::Recorder::start("");
  if (!recorder) return say(recorder.error());
  recorder_ = std::move(*recorder);
  recording_since_ms_ = now_ms;
}

void MediaDesk::stop_recording() {
  if (recorder_ == nullptr) return;
  auto sound = recorder_->finish();
  recorder_.reset();
  if (sound) {
    sound_ = std::move(*sound);
    fresh_sound_ = true;
  } else {
    say(sound.error());
  }
}

void MediaDesk::show_sound(Bytes sound) {
  sound_ = std::move(sound);
}

void MediaDesk::play(ByteView sound) {
  auto player = platform::Player::play(sound.empty() ? ByteView(sound_) : sound);
  if (!player) return say(player.error());
  player_ = std::move(*player);
}

void MediaDesk::list_files(std::vector<std::string> folders, std::vector<MediaModel::File> files) {
  folders_ = std::move(folders);
  files_ = std::move(files);
}

Result<MediaDesk::Made> MediaDesk::made() {
  switch (*page_) {
    case MediaPage::kMask: {
      ui::burn(sketch_, picture_);
      VIGIL_ASSIGN(Bytes jpeg, platform::encode_jpeg(picture_, kPhotoQuality));
      return Made{std::move(jpeg), "image/jpeg"};
    }
    case MediaPage::kDrawing: {
      const int width = kind_ == FileKind::kSignature ? kSignatureWidth : kDrawingWidth;
      platform::Picture picture = ui::picture_of(sketch_, width);
      auto png = platform::encode_png(picture);
      platform::wipe(picture);
      if (!png) return std::unexpected(png.error());
      return Made{std::move(*png), "image/png"};
    }
    case MediaPage::kSound:
      return Made{sound_, "audio/ogg"};
    case MediaPage::kCamera:
    case MediaPage::kBodyMap:
    case MediaPage::kFiles:
    case MediaPage::kCode:
      break;
  }
  return fail(ErrorKind::kInvalid, "media.nothing", "There is nothing to keep yet.");
}

std::string media_type_of(std::string_view file_name, FileKind kind) {
  struct Type {
    std::string_view ending;
    std::string_view media_type;
  };
  constexpr std::array<Type, 12> kTypes = {{{"jpg", "image/jpeg"},
                                            {"jpeg", "image/jpeg"},
                                            {"png", "image/png"},
                                            {"ogg", "audio/ogg"},
                                            {"oga", "audio/ogg"},
                                            {"m4a", "audio/mp4"},
                                            {"wav", "audio/wav"},
                                            {"mp4", "video/mp4"},
                                            {"webm", "video/webm"},
                                            {"pdf", "application/pdf"},
                                            {"csv", "text/csv"},
                                            {"txt", "text/plain"}}};
  std::string ending(file_name.substr(std::min(file_name.rfind('.') + 1, file_name.size())));
  for (char& letter : ending) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
  }
  const auto type = std::ranges::find(kTypes, ending, &Type::ending);
  if (type == kTypes.end()) return {};
  const std::string_view wanted = takes_picture(kind)        ? "image/"
                                  : kind == FileKind::kSound ? "audio/"
                                  : kind == FileKind::kVideo ? "video/"
                                                             : "";
  return type->media_type.starts_with(wanted) ? std::string(type->media_type) : std::string();
}

}  // namespace vigil::tablet
