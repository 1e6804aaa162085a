// SPDX-License-Identifier: Apache-2.0
//
// The page on which an answer is made that is more than words: a photo with its masks, a drawing,
// marks on a body, a recording, a file from a stick.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/screens/body_map.h"
#include "app/tablet/screens/question_card.h"
#include "app/ui/sketch.h"

namespace vigil::tablet {

enum class MediaPage {
  kCamera,   // the live picture
  kMask,     // a picture was taken or chosen: cover what must not be seen
  kDrawing,  // drawing and signature, on paper or on a picture (annotation)
  kBodyMap,
  kSound,
  kFiles,  // from a stick or card
  kCode,   // the live picture, until a bar code is seen in it
};

struct MediaModel {
  struct File {
    std::string path;
    std::string name;
    std::string about;  // size
  };
  MediaPage page = MediaPage::kDrawing;
  FileKind file = FileKind::kAny;
  std::string ref;
  std::string title;             // the question
  std::string error;             // a sentence, where something is missing or failed
  ui::ImagePointer picture;      // the live or the taken picture
  ui::Sketch* sketch = nullptr;  // kMask, kDrawing; outlives the frame
  std::vector<BodyMark> marks;   // kBodyMap
  std::size_t chosen_mark = 0;   // none where past the end
  bool can_use_file = false;     // a file from a stick may answer it too
  bool has_camera = true;
  bool leaving = false;    // Back was pressed while something is not kept
  bool recording = false;  // kSound
  bool recorded = false;
  bool playing = false;
  std::string length;               // "0:42"
  std::vector<ui::Option> folders;  // kFiles
  std::vector<File> files;
};

}  // namespace vigil::tablet
