// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/checklist_media.h"

#include <algorithm>
#include <utility>

#include "app/tablet/state/body_picture.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/question_model.h"
#include "app/tablet/state/sticks.h"
#include "app/tablet/state/stored_files.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::tablet {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// What a stick may bring: the largest video of a phone for a few minutes.
constexpr std::uint64_t kMostFile_bytes = 200'000'000;

// The only point of a question for one; of a line or an area the first that is empty, or one more.
std::string with_point(const forms::NodeState& node, const std::string& typed,
                       const TypedPoint& point) {
  if (control_of(node) == Control::kPoint) return value_of({point}, 1, false);
  std::vector<TypedPoint> points = typed_points(typed);
  const bool closed = node.value_type == "geoshape";
  if (closed && points.size() > 2 && points.front() == points.back()) points.pop_back();
  const auto empty = std::ranges::find_if(points, [](const TypedPoint& there) {
    return there.latitude.empty() && there.longitude.empty();
  });
  if (empty == points.end()) {
    points.push_back(point);
  } else {
    *empty = point;
  }
  return value_of(points, closed ? 3 : 2, closed);
}

}  // namespace

Result<Reply> ChecklistMedia::carry_out(const MediaCommand& asked, std::int64_t now_ms) {
  const auto mark_at = [&](std::size_t index) { return index < desk_.marks.size(); };
  Result<Reply> reply;
  const auto report = [&](const Status& status) {
    if (!status) reply = std::unexpected(status.error());
  };
  std::visit(
      Overloaded{
          [&](const media::Open& open) { report(open_desk(open)); },
          [&](const media::Close&) { desk_.clear(); },
          [&](const media::Take&) { desk_.take(); },
          [&](const media::Retake&) { desk_.retake(); },
          [&](const media::Keep&) { reply = keep(); },
          [&](const media::Show&) {},  // CardPictures'
          [&](const media::RemoveBeside& photo) { report(remove_beside(photo.ref, photo.name)); },
          [&](const media::Remove& file) { reply = remove(file.ref); },
          [&](const media::AddMark& add) {
            desk_.marks.push_back(add.mark);
            desk_.chosen_mark = desk_.marks.size() - 1;
            store_marks();
          },
          [&](const media::ChooseMark& choose) {
            const bool again = desk_.chosen_mark == choose.index;
            desk_.chosen_mark = again ? kMostMarks : choose.index;
          },
          [&](const media::ChangeMark& change) {
            if (!mark_at(change.index)) return;
            desk_.marks[change.index] = change.mark;
            store_marks();
          },
          [&](const media::RemoveMark& mark) {
            if (!mark_at(mark.index)) return;
            desk_.marks.erase(desk_.marks.begin() + static_cast<std::ptrdiff_t>(mark.index));
            desk_.chosen_mark = kMostMarks;
            store_marks();
          },
          [&](const media::Stay&) { desk_.leaving = false; },
          [&](const media::Record&) { desk_.record(now_ms); },
          [&](const media::StopRecording&) { desk_.stop_recording(); },
          [&](const media::Play&) { desk_.play({}); },
          [&](const media::ChooseFolder& choose) {
            desk_.choose_folder(choose.folder);
            list_files();
          },
          [&](const media::ChooseFile& choose) { reply = take_file(choose.path); },
          [&](const media::Locate& locate) { locator_.start(locate.ref, options_.gpsd, now_ms); },
          [&](const media::StopLocating&) { locator_.stop(); },
          [&](const media::TakePlace&) { reply = take_place(); }},
      asked);
  return reply;
}

bool ChecklistMedia::go_back() {
  if (desk_.unkept()) {
    desk_.leaving = true;
    return true;
  }
  if (!desk_.open()) return false;
  desk_.clear();
  return true;
}

Status ChecklistMedia::open_desk(const media::Open& open) {
  VIGIL_ASSIGN(const auto node, answers_.session().node(open.ref));
  const auto start = [&](const std::string& title, FileKind kind) {
    if (open.files) {
      desk_.start_files(open.ref, title, kind);
    } else {
      desk_.start(open.ref, title, kind);
    }
  };
  // The page of a photo beside an answer leads to the files without saying so again.
  if (open.beside || (desk_.beside && desk_.ref() == open.ref)) {
    const auto card = answers_.session().node(answers_.card_of(open.ref));
    start(card ? card->label : node.label, FileKind::kPhoto);
    desk_.beside = true;
    if (open.files) list_files();
    return {};
  }
  if (control_of(node) == Control::kBodyMap) {
    desk_.start_body_map(open.ref, node.label,
                         marks_of(node.value).value_or(std::vector<BodyMark>()));
    return {};
  }
  if (control_of(node) == Control::kCode) {
    desk_.start_code(open.ref, node.label);
    return {};
  }
  start(node.label, file_kind_of(node));
  if (desk_.page() == MediaPage::kFiles) list_files();
  if (desk_.page() == MediaPage::kSound && !node.value.empty()) {
    auto sound = read_stored(vault_, answers_.stored().record(), node.value);
    if (sound) desk_.show_sound(std::move(*sound));
  }
  return {};
}

void ChecklistMedia::list_files() {
  std::vector<std::string> folders = stick_folders(options_.media_roots);
  if (desk_.folder().empty() && !folders.empty()) desk_.choose_folder(folders.front());
  std::vector<MediaModel::File> found;
  if (!desk_.folder().empty()) {
    const auto names = files_.list(desk_.folder());
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      if (name.starts_with('.') || media_type_of(name, desk_.kind()).empty()) continue;
      const std::string path = desk_.folder() + "/" + name;
      const auto file = files_.open(path);
      if (!file) continue;
      found.push_back({path, name, size_words(words_, (*file)->size_bytes())});
    }
  }
  std::ranges::sort(found, {}, &MediaModel::File::name);
  desk_.list_files(std::move(folders), std::move(found));
}

// A picture is looked at, and masked, before it is kept; anything else is kept as it is.
Reply ChecklistMedia::take_file(const std::string& path) {
  auto content = files_.read(path, kMostFile_bytes);
  if (!content) {
    desk_.say(content.error());
    return {};
  }
  const std::string type = media_type_of(file_name(path), desk_.kind());
  Reply reply;
  if (type.starts_with("image/")) {
    auto picture = platform::decode_picture(*content);
    if (picture) {
      desk_.show_picture(std::move(*picture));
    } else {
      desk_.say(picture.error());
    }
  } else {
    reply = attach(desk_.ref(), *content, type);
  }
  crypto::wipe(*content);
  return reply;
}

Result<Reply> ChecklistMedia::keep() {
  if (desk_.page() == MediaPage::kBodyMap) {
    auto reply = keep_body_picture();
    desk_.clear();
    return reply;
  }
  auto made = desk_.made();
  if (!made) {
    desk_.say(made.error());
    return Reply{};
  }
  Reply reply = attach(desk_.ref(), made->content, made->media_type);
  crypto::wipe(made->content);
  return reply;
}

// What was made stays on the desk until it could be kept.
Reply ChecklistMedia::attach(const std::string& ref, ByteView content,
                             const std::string& media_type) {
  if (desk_.beside) return attach_beside(ref, content);
  Reply reply;
  const auto attached = answers_.stored().attach(ref, content, media_type);
  if (!attached) {
    desk_.say(attached.error());
    return reply;
  }
  reply.at = answers_.card_of(ref);
  desk_.clear();
  return reply;
}

// Beside any answer: the file goes with the record under the question's ref, as restricted as the
// question is. The note of the question names it, so that the office knows where it belongs.
Reply ChecklistMedia::attach_beside(const std::string& ref, ByteView content) {
  Reply reply;
  const auto name = answers_.stored().attach_beside(ref, content, "image/jpeg");
  if (!name) {
    desk_.say(name.error());
    return reply;
  }
  const std::string card = answers_.card_of(ref);
  std::string note = answers_.note_of(card);
  if (!note.empty()) note += '\n';
  const Status noted = answers_.set_note(card, note + *name);
  if (!noted) reply.said = error_words(words_, noted.error());
  reply.at = card;
  desk_.clear();
  return reply;
}

Status ChecklistMedia::remove_beside(const std::string& ref, const std::string& name) {
  Status removed;
  for (const vault::Attachment& file : stored_files(vault_, answers_.stored().record())) {
    if (file.ref != ref || file.name != name) continue;
    if (Status gone = vault::remove_attachment(vault_, file.id); !gone) removed = std::move(gone);
  }
  const std::string card = answers_.card_of(ref);
  std::string note = answers_.note_of(card);
  const auto at = note.find(name);
  if (at == std::string::npos) return removed;
  // With the line's end, before it or behind it.
  const std::size_t from = at > 0 ? at - 1 : at;
  note.erase(from, name.size() + (at > 0 || note.size() > name.size() ? 1 : 0));
  VIGIL_TRY(answers_.set_note(card, note));
  return removed;
}

Result<Reply> ChecklistMedia::remove(const std::string& ref) {
  VIGIL_ASSIGN(const auto node, answers_.session().node(ref));
  VIGIL_TRY(answers_.stored().set(ref, ""));
  for (const vault::Attachment& file : stored_files(vault_, answers_.stored().record())) {
    if (file.name == node.value) VIGIL_TRY(vault::remove_attachment(vault_, file.id));
  }
  Reply reply;
  reply.said = words_("The file was removed for good.");
  return reply;
}

// Every mark is on the medium before the next frame.
void ChecklistMedia::store_marks() {
  const auto changed = answers_.stored().set(desk_.ref(), text_of(desk_.marks));
  if (!changed) desk_.say(changed.error());
}

// The form may ask for a picture of the figures beside the text: "<name>_picture".
Result<Reply> ChecklistMedia::keep_body_picture() {
  const std::string ref = desk_.ref() + "_picture";
  const auto node = answers_.session().node(ref);
  if (!node || node->control != "upload" || !node->relevant) return Reply{};
  if (desk_.marks.empty()) return node->value.empty() ? Reply{} : remove(ref);
  VIGIL_ASSIGN(const auto png, platform::encode_png(body_picture(desk_.marks)));
  VIGIL_TRY(answers_.stored().attach(ref, png, "image/png"));
  return Reply{};
}

Result<Reply> ChecklistMedia::take_place() {
  const auto point = locator_.point();
  if (!point) return Reply{};
  const std::string ref = locator_.ref();
  VIGIL_ASSIGN(const auto node, answers_.session().node(ref));
  locator_.stop();
  return answers_.set(ref, with_point(node, answers_.typed(node), *point));
}

ChecklistMedia::Polled ChecklistMedia::poll(std::int64_t now_ms) {
  Polled polled;
  if (desk_.open()) {
    polled.changed = desk_.poll(now_ms, polled.wake_ms);
    if (const auto code = desk_.take_code()) {
      // It stands in the field, where it can be changed.
      const std::string ref = desk_.ref();
      desk_.clear();
      polled.reply = answers_.set(ref, *code);
      if (polled.reply && polled.reply->said.empty()) {
        polled.reply->said = words_("The code was read. Compare it with what is printed there.");
      }
    } else {
      polled.in_use = desk_.open() && desk_.page() == MediaPage::kSound && polled.wake_ms >= 0;
    }
  }
  if (locator_.ref().empty()) return polled;
  int wake_ms = -1;
  if (locator_.poll(now_ms, wake_ms)) polled.changed = true;
  const bool sooner = polled.wake_ms < 0 || wake_ms < polled.wake_ms;
  if (wake_ms >= 0 && sooner) polled.wake_ms = wake_ms;
  return polled;
}

void ChecklistMedia::add_to(ChecklistModel& model) const {
  if (desk_.open()) model.media = desk_.model(words_);
  if (locator_.ref().empty()) return;
  for (Block& block : model.blocks) {
    auto* const card = std::get_if<QuestionCard>(&block);
    if (card == nullptr) continue;
    for (QuestionRow& row : card->rows) {
      if (row.ref == locator_.ref()) row.locating = locator_.shown(words_);
    }
  }
}

}  // namespace vigil::tablet
