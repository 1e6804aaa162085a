// SPDX-License-Identifier: Apache-2.0
//
// What a question shows: part of the model of a checklist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/controls.h"

namespace vigil::tablet {

enum class Control {
  kOne,
  kMany,
  kRank,  // choices in an order
  kText,
  kMultiline,
  kCode,  // barcode: by the camera or typed
  kInteger,
  kDecimal,
  kRange,  // a number between two, by steps
  kDate,
  kTime,
  kDateTime,
  kPoint,   // geopoint: latitude and longitude
  kPoints,  // geotrace, geoshape
  kAcknowledge,
  kNote,     // words only
  kResult,   // calculated: large
  kFile,     // photo, sound, drawing: what is attached
  kBodyMap,  // marks on a body (body_map.h)
};

// What kind of file a question takes, and how it comes to be.
enum class FileKind { kPhoto, kDrawing, kSignature, kAnnotation, kSound, kVideo, kAny };

// How choices are laid out.
enum class ChoiceLayout {
  kRow,      // as wide as their words
  kColumns,  // equally wide (columns, likert, pictures)
  kFolded,   // one line that unfolds (minimal)
};

struct RangeScale {
  double start = 0;
  double step = 1;
  int steps = 10;
  [[nodiscard]] bool operator==(const RangeScale&) const = default;
};

// A place that the satellite receiver was asked for.
struct Locating {
  std::string text;     // what it does, has found, or why it cannot
  bool runs = false;    // it can be stopped
  bool found = false;   // and the place can be taken
  bool failed = false;  // or has found nothing for long
  [[nodiscard]] bool operator==(const Locating&) const = default;
};

struct QuestionRow {
  std::string ref;
  std::string source;  // its label; empty where the question is asked once
  std::string value;   // as stored, or as typed where it cannot be stored
  std::vector<ui::Option> options;
  std::string error;                 // constraint, required, or why it cannot be stored
  std::string attached;              // kFile: what is there, in words
  ui::ImagePointer thumbnail;        // kFile: small, decrypted in memory
  bool thumbnail_waits = false;      // until it can be seen (media::Show)
  std::optional<Locating> locating;  // kPoint, kPoints
  [[nodiscard]] bool operator==(const QuestionRow&) const = default;
};

// A photo beside the answer.
struct BesidePhoto {
  std::string name;  // of the attachment
  ui::ImagePointer thumbnail;
  bool thumbnail_waits = false;
  [[nodiscard]] bool operator==(const BesidePhoto&) const = default;
};

struct QuestionCard {
  std::string ref;
  std::string label;
  std::string hint;
  std::string standard;
  std::string guidance;
  Control control = Control::kText;
  FileKind file = FileKind::kAny;
  ChoiceLayout layout = ChoiceLayout::kRow;
  int columns = 0;      // kColumns: how many, 0 as many as there are choices
  RangeScale range;     // kRange
  bool closed = false;  // kPoints: the last point is the first (geoshape)
  std::string unit;     // behind a number
  bool required = false;
  bool readonly = false;
  std::vector<QuestionRow> rows;  // one, or one per source
  std::string mismatch;           // a sentence, where sources disagree
  std::string limit;              // a sentence about the limit beside a result
  std::string limit_about;        // what it limits and who says so
  bool limit_exceeded = false;
  bool later = false;
  bool finding = false;
  bool note_open = false;
  std::string note;
  bool takes_photos = false;
  std::vector<BesidePhoto> photos;
  [[nodiscard]] bool operator==(const QuestionCard&) const = default;
};

}  // namespace vigil::tablet
