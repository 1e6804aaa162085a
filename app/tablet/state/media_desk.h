// SPDX-License-Identifier: Apache-2.0
//
// What is on the desk while an answer is made that is more than words: the camera, a picture with
// its masks, a drawing, marks, a recording. All of it in memory, and wiped when the page is left or
// the tablet locked; only what is kept reaches the vault. The screen's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/tablet/screens/media_model.h"
#include "app/words/words.h"
#include "platform/barcode/barcode.h"
#include "platform/camera/camera.h"
#include "platform/camera/sound.h"

namespace vigil::tablet {

class MediaDesk {
 public:
  MediaDesk() = default;
  ~MediaDesk() { clear(); }
  MediaDesk(const MediaDesk&) = delete;
  MediaDesk& operator=(const MediaDesk&) = delete;

  [[nodiscard]] bool open() const { return page_.has_value(); }
  [[nodiscard]] const std::string& ref() const { return ref_; }
  [[nodiscard]] MediaPage page() const { return *page_; }
  // Opens the page that makes such an answer. Requires: nothing is open.
  void start(std::string ref, std::string title, FileKind kind);
  void start_body_map(std::string ref, std::string title, std::vector<BodyMark> marks);
  // The camera, until a bar code is seen.
  void start_code(std::string ref, std::string title);
  void start_files(std::string ref, std::string title, FileKind kind);
  void clear();

  // Takes in what camera and microphone have; true where the screen changed. `wake_ms` is how soon
  // to ask again.
  [[nodiscard]] bool poll(std::int64_t now_ms, int& wake_ms);
  // Requires: open().
  [[nodiscard]] MediaModel model(const words::Words& words) const;

  // Something was made here that is not kept yet.
  [[nodiscard]] bool unkept() const;

  // The bar code that was seen; once.
  [[nodiscard]] std::optional<std::string> take_code();

  void take();
  void retake();
  void record(std::int64_t now_ms);
  void stop_recording();
  void play(ByteView sound);
  // A sound that is there already, to be listened to.
  void show_sound(Bytes sound);
  void choose_folder(std::string folder) { folder_ = std::move(folder); }
  void list_files(std::vector<std::string> folders, std::vector<MediaModel::File> files);
  void say(const Error& error) { error_ = error; }
  // A picture from a file: it is looked at, and masked, before it is kept.
  void show_picture(platform::Picture picture);

  bool leaving = false;  // somebody is asked whether to leave without keeping
  bool beside = false;   // kept beside the answer, not as the answer
  std::vector<BodyMark> marks;
  std::size_t chosen_mark = 0;
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] FileKind kind() const { return kind_; }

  // The file to attach: the picture with its masks burned in, the drawing, the recording.
  struct Made {
    Bytes content;
    std::string media_type;
  };
  [[nodiscard]] Result<Made> made();

 private:
  void set_picture(platform::Picture picture);
  void open_camera();

  std::optional<MediaPage> page_;
  std::string ref_;
  std::string title_;
  std::optional<Error> error_;
  FileKind kind_ = FileKind::kAny;
  mutable ui::Sketch sketch_;

  std::unique_ptr<platform::Camera> camera_;
  std::unique_ptr<platform::CodeReader> reader_;
  bool no_camera_ = false;
  platform::Picture picture_;         // the newest, whole
  std::shared_ptr<ui::Image> shown_;  // of it, as large as a screen needs
  int version_ = 0;

  std::unique_ptr<platform::Recorder> recorder_;
  std::unique_ptr<platform::Player> player_;
  Bytes sound_;
  bool fresh_sound_ = false;  // recorded here, not from the vault
  std::int64_t recording_since_ms_ = 0;
  std::int64_t length_ms_ = 0;

  std::string folder_;
  std::vector<std::string> folders_;
  std::vector<MediaModel::File> files_;
};

// What a person is told of it, in the interface's language.
[[nodiscard]] std::string media_error_words(const words::Words& words, const Error& error);

// "audio/ogg" for "x.ogg"; "" for what the question does not take.
[[nodiscard]] std::string media_type_of(std::string_view file_name, FileKind kind);

}  // namespace vigil::tablet
