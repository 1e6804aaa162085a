// SPDX-License-Identifier: Apache-2.0
//
// What can be asked for on the pages of media_model.h, and on the questions that lead there.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "app/tablet/screens/body_map.h"

namespace vigil::tablet::media {

struct Open {
  std::string ref;
  bool files = false;   // choose a file instead of making one
  bool beside = false;  // a photo beside the answer, of any question
};
struct Close {};  // what was not kept is thrown away
struct Take {};   // the picture that is seen
struct Retake {};
struct Keep {};  // makes it the answer
struct Remove {  // the answer's file
  std::string ref;
};
struct RemoveBeside {  // a photo beside the answer
  std::string ref;
  std::string name;
};
struct Show {  // a picture that came into sight and waits; changes nothing but what is seen
  std::string name;
};
struct Locate {  // ask the satellite receiver for the place
  std::string ref;
};
struct StopLocating {};
struct TakePlace {};  // what it found becomes the answer, or the next point of it
struct AddMark {
  BodyMark mark;
};
struct ChooseMark {
  std::size_t index = 0;
};
struct ChangeMark {
  std::size_t index = 0;
  BodyMark mark;
};
struct RemoveMark {
  std::size_t index = 0;
};
struct Stay {};  // not left after all
struct Record {};
struct StopRecording {};
struct Play {};
struct ChooseFolder {
  std::string folder;
};
struct ChooseFile {
  std::string path;
};

}  // namespace vigil::tablet::media

namespace vigil::tablet {

using MediaCommand =
    std::variant<media::Open, media::Close, media::Take, media::Retake, media::Keep, media::Remove,
                 media::RemoveBeside, media::Show, media::AddMark, media::ChooseMark,
                 media::ChangeMark, media::RemoveMark, media::Stay, media::Record,
                 media::StopRecording, media::Play, media::ChooseFolder, media::ChooseFile,
                 media::Locate, media::StopLocating, media::TakePlace>;

}  // namespace vigil::tablet
