// SPDX-License-Identifier: Apache-2.0
//
// Answers that are files or marks: made on the desk, kept in the vault, shown small on the card.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/body_picture.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/question_model.h"
#include "app/tablet/state/thumbnails.h"
#include "core/crypto/secret_bytes.h"
#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "platform/media.h"

namespace vigil::tablet {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// What a stick may bring: the largest video of a phone for a few minutes.
constexpr std::uint64_t kMostFile_bytes = 200'000'000;
constexpr int kChoiceSide = 480;

Result<Bytes> read_whole(vault::Vault& vault, vault::AttachmentId id) {
  VIGIL_ASSIGN(const auto file, vault::open_attachment(vault, id));
  const std::uint64_t size = file->size_bytes();
  Bytes content(size);
  std::uint64_t at = 0;
  while (at < size) {
    VIGIL_ASSIGN(const std::size_t count,
                 file->read_at(at, std::span(content).subspan(static_cast<std::size_t>(at))));
    if (count == 0) break;
    at += count;
  }
  return content;
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

void App::on_media(const MediaCommand& asked, ui::Kit& kit) {
  if (!checklist_) return;
  const auto mark_at = [&](std::size_t index) { return index < desk_.marks.size(); };
  std::visit(
      Overloaded{[&](const media::Open& open) { open_desk(open); },
                 [&](const media::Close&) { desk_.clear(); },
                 [&](const media::Take&) { desk_.take(); },
                 [&](const media::Retake&) { desk_.retake(); },
                 [&](const media::Keep&) { keep_media(); },
                 [&](const media::Show& picture) { thumbnails_.want(picture.name, kit.now_ms()); },
                 [&](const media::RemoveBeside& photo) { remove_beside(photo.ref, photo.name); },
                 [&](const media::Remove& remove) { remove_media(remove.ref); },
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
                 [&](const media::RemoveMark& remove) {
                   if (!mark_at(remove.index)) return;
                   desk_.marks.erase(desk_.marks.begin() +
                                     static_cast<std::ptrdiff_t>(remove.index));
                   desk_.chosen_mark = kMostMarks;
                   store_marks();
                 },
                 [&](const media::Stay&) { desk_.leaving = false; },
                 [&](const media::Record&) { desk_.record(kit.now_ms()); },
                 [&](const media::StopRecording&) { desk_.stop_recording(); },
                 [&](const media::Play&) { desk_.play({}); },
                 [&](const media::ChooseFolder& choose) {
                   desk_.choose_folder(choose.folder);
                   list_media_files();
                 },
                 [&](const media::ChooseFile& choose) { take_file(choose.path); },
                 [&](const media::Locate& locate) {
                   locator_.start(locate.ref, options_.gpsd, kit.now_ms());
                 },
                 [&](const media::StopLocating&) { locator_.stop(); },
                 [&](const media::TakePlace&) { take_place(); }},
      asked);
}

void App::open_desk(const media::Open& open) {
  const auto node = checklist_->session().node(open.ref);
  if (!node) return say_error(node.error());
  // The page of a photo beside an answer leads to the files without saying so again.
  if (open.beside || (desk_.beside && desk_.ref() == open.ref)) {
    const auto card = checklist_->session().node(card_ref(nodes_, open.ref));
    const std::string asked = card ? card->label : node->label;
    if (open.files) {
      desk_.start_files(open.ref, asked, FileKind::kPhoto);
    } else {
      desk_.start(open.ref, asked, FileKind::kPhoto);
    }
    desk_.beside = true;
    if (open.files) list_media_files();
    return;
  }
  const std::string title = node->label;
  if (control_of(*node) == Control::kBodyMap) {
    return desk_.start_body_map(open.ref, title,
                                marks_of(node->value).value_or(std::vector<BodyMark>()));
  }
  if (control_of(*node) == Control::kCode) return desk_.start_code(open.ref, title);
  const FileKind kind = file_kind_of(*node);
  if (open.files) {
    desk_.start_files(open.ref, title, kind);
  } else {
    desk_.start(open.ref, title, kind);
  }
  if (desk_.page() == MediaPage::kFiles) return list_media_files();
  if (desk_.page() == MediaPage::kSound && !node->value.empty()) {
    if (auto sound = attached_file(node->value)) desk_.show_sound(std::move(*sound));
  }
}

void App::list_media_files() {
  std::vector<std::string> folders = stick_folders();
  if (desk_.folder().empty() && !folders.empty()) desk_.choose_folder(folders.front());
  std::vector<MediaModel::File> files;
  if (!desk_.folder().empty()) {
    const auto names = host_.files.list(desk_.folder());
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      if (name.starts_with('.') || media_type_of(name, desk_.kind()).empty()) continue;
      const std::string path = desk_.folder() + "/" + name;
      const auto file = host_.files.open(path);
      if (!file) continue;
      files.push_back({path, name, size_words((*file)->size_bytes())});
    }
  }
  std::ranges::sort(files, {}, &MediaModel::File::name);
  desk_.list_files(std::move(folders), std::move(files));
}

// A picture is looked at, and masked, before it is kept; anything else is kept as it is.
void App::take_file(const std::string& path) {
  auto content = host_.files.read(path, kMostFile_bytes);
  if (!content) return desk_.say(content.error());
  const std::string type = media_type_of(file_name(path), desk_.kind());
  if (type.starts_with("image/")) {
    auto picture = platform::decode_picture(*content);
    crypto::wipe(*content);
    if (!picture) return desk_.say(picture.error());
    return desk_.show_picture(std::move(*picture));
  }
  attach_media(desk_.ref(), *content, type);
  crypto::wipe(*content);
}

void App::keep_media() {
  if (desk_.page() == MediaPage::kBodyMap) {
    keep_body_picture();
    return desk_.clear();
  }
  auto made = desk_.made();
  if (!made) return desk_.say(made.error());
  attach_media(desk_.ref(), made->content, made->media_type);
  crypto::wipe(made->content);
}

void App::attach_media(const std::string& ref, ByteView content, const std::string& media_type) {
  if (desk_.beside) return attach_beside(ref, content);
  const auto attached = checklist_->attach(ref, content, media_type);
  if (!attached) {
    // What was made stays on the desk until it could be kept.
    return desk_.say(attached.error());
  }
  keep_position(card_ref(nodes_, ref));
  desk_.clear();
}

// Beside any answer: the file goes with the record under the question's ref, as restricted as the
// question is. The note of the question names it, so that the office knows where it belongs.
void App::attach_beside(const std::string& ref, ByteView content) {
  const auto name = checklist_->attach_beside(ref, content, "image/jpeg");
  if (!name) return desk_.say(name.error());
  const std::string card = card_ref(nodes_, ref);
  std::string note = note_of(card);
  if (!note.empty()) note += '\n';
  set_flag(card, vault::FlagKind::kNote, note + *name);
  keep_position(card);
  desk_.clear();
}

std::string App::note_of(const std::string& ref) const {
  const auto note = std::ranges::find_if(flags_, [&](const vault::Flag& flag) {
    return flag.ref == ref && flag.kind == vault::FlagKind::kNote;
  });
  return note == flags_.end() ? std::string() : note->text;
}

void App::remove_beside(const std::string& ref, const std::string& name) {
  const auto stored = vault::attachments(*vault_, checklist_->record());
  for (const vault::Attachment& file : stored.value_or(std::vector<vault::Attachment>())) {
    if (file.ref == ref && file.name == name) report(vault::remove_attachment(*vault_, file.id));
  }
  const std::string card = card_ref(nodes_, ref);
  std::string note = note_of(card);
  const auto at = note.find(name);
  if (at == std::string::npos) return;
  // With the line's end, before it or behind it.
  const std::size_t from = at > 0 ? at - 1 : at;
  note.erase(from, name.size() + (at > 0 || note.size() > name.size() ? 1 : 0));
  set_flag(card, vault::FlagKind::kNote, note);
}

void App::remove_media(const std::string& ref) {
  const auto node = checklist_->session().node(ref);
  if (!node) return say_error(node.error());
  const std::string name = node->value;
  if (const auto cleared = checklist_->set(ref, ""); !cleared) return say_error(cleared.error());
  const auto stored = vault::attachments(*vault_, checklist_->record());
  for (const vault::Attachment& file : stored.value_or(std::vector<vault::Attachment>())) {
    if (file.name == name) report(vault::remove_attachment(*vault_, file.id));
  }
  say(std::string(words_("The file was removed for good.")));
}

// Every mark is on the medium before the next frame.
void App::store_marks() {
  const auto changed = checklist_->set(desk_.ref(), text_of(desk_.marks));
  if (!changed) desk_.say(changed.error());
}

// The form may ask for a picture of the figures beside the text: "<name>_picture".
void App::keep_body_picture() {
  const std::string ref = desk_.ref() + "_picture";
  const auto node = checklist_->session().node(ref);
  if (!node || node->control != "upload" || !node->relevant) return;
  if (desk_.marks.empty()) {
    if (!node->value.empty()) remove_media(ref);
    return;
  }
  const auto png = platform::encode_png(body_picture(desk_.marks));
  if (!png) return say_error(png.error());
  if (const auto attached = checklist_->attach(ref, *png, "image/png"); !attached) {
    say_error(attached.error());
  }
}

void App::poll_media(ui::Kit& kit) {
  if (!desk_.open()) return;
  int wake_ms = -1;
  if (desk_.poll(kit.now_ms(), wake_ms)) touch();
  if (wake_ms >= 0) kit.wake_in(wake_ms);
  if (const auto code = desk_.take_code()) take_code(*code);
  if (!desk_.open()) return;
  // A page that is being looked at is not left alone.
  if (desk_.page() == MediaPage::kSound && wake_ms >= 0) last_touch_ms_ = kit.now_ms();
}

// It stands in the field, where it can be changed.
void App::take_code(const std::string& code) {
  const std::string ref = desk_.ref();
  desk_.clear();
  say(std::string(words_("The code was read. Compare it with what is printed there.")));
  set_answer(ref, code);
}

Result<Bytes> App::attached_file(const std::string& name) {
  VIGIL_ASSIGN(const auto stored, vault::attachments(*vault_, checklist_->record()));
  for (const vault::Attachment& file : stored) {
    if (file.name == name && file.complete) return read_whole(*vault_, file.id);
  }
  return fail(ErrorKind::kNotFound, "attachment.absent", "This file is not in the vault any more.");
}

// Before the frame is drawn.
void App::read_wanted_thumbnail(ui::Kit& kit) {
  if (!vault_ || !checklist_) return;
  if (thumbnails_.step()) touch();
  if (const std::string name = thumbnails_.due(kit.now_ms()); !name.empty()) {
    const auto stored = vault::attachments(*vault_, checklist_->record());
    std::unique_ptr<ReadableFile> content;
    for (const vault::Attachment& file : stored.value_or(std::vector<vault::Attachment>())) {
      if (file.name != name || !file.complete) continue;
      if (auto opened = vault::open_attachment(*vault_, file.id)) content = std::move(*opened);
    }
    thumbnails_.open(name, std::move(content));
    touch();
  }
  thumbnails_.begin_frame();
}

ui::ImagePointer App::choice_image(std::string_view uri) {
  const std::string name(file_name(uri));
  if (!form_media_read_) {
    form_media_read_ = true;
    const forms::FormDefinition& form = checklist_->session().form();
    const auto installed = vault::installed_form(*vault_, form.id(), form.version());
    if (!installed) return nullptr;
    for (const vault::FormMedia& file : installed->media) {
      if (const auto picture = platform::decode_picture(file.content)) {
        choice_images_[file.name] =
            image_of("form." + file.name, platform::shrunk(*picture, kChoiceSide));
      }
    }
  }
  const auto found = choice_images_.find(name);
  return found == choice_images_.end() ? nullptr : found->second;
}

// What the cards of the section need of the vault beside their values.
void App::add_media(ChecklistModel& model) {
  if (desk_.open()) {
    model.media = desk_.model(words_);
    return;
  }
  const auto stored =
      vault::attachments(*vault_, checklist_->record()).value_or(std::vector<vault::Attachment>());
  for (Block& block : model.blocks) {
    auto* const card = std::get_if<QuestionCard>(&block);
    if (card == nullptr) continue;
    card->takes_photos = card->control != Control::kFile && !card->rows.empty();
    for (const vault::Attachment& file : stored) {
      if (!card->takes_photos || file.ref != card->rows.front().ref) continue;
      if (!file.complete) continue;
      card->photos.push_back({file.name, thumbnails_.find(file.name), thumbnails_.waits(file)});
    }
    for (QuestionRow& row : card->rows) {
      if (card->control == Control::kFile && !row.value.empty()) describe_file(stored, row);
      const bool chooses = !row.options.empty();
      const auto node =
          chooses ? std::ranges::find(nodes_, row.ref, &forms::NodeState::ref) : nodes_.end();
      if (node == nodes_.end()) continue;
      for (std::size_t index = 0; index < row.options.size(); ++index) {
        if (index < node->choices.size() && !node->choices[index].image.empty()) {
          row.options[index].image = choice_image(node->choices[index].image);
        }
      }
    }
  }
}

void App::describe_file(const std::vector<vault::Attachment>& stored, QuestionRow& row) {
  row.attached = words_("One file is attached.");
  for (const vault::Attachment& file : stored) {
    if (file.name != row.value) continue;
    const std::string_view kind = file.media_type.starts_with("image/") ? words_("Photo or drawing")
                                  : file.media_type.starts_with("audio/") ? words_("Recording")
                                  : file.media_type.starts_with("video/") ? words_("Video")
                                                                          : words_("Document");
    row.attached = fmt::format("{} · {}", kind, size_words(file.size_bytes));
    if (!file.media_type.starts_with("image/") || !file.complete) continue;
    row.thumbnail = thumbnails_.find(file.name);
    row.thumbnail_waits = thumbnails_.waits(file);
  }
}

void App::forget_media() {
  desk_.clear();
  locator_.stop();
  thumbnails_.clear();
  choice_images_.clear();
  form_media_read_ = false;
}

// Answers that a change took away because their choices changed: nobody shall wonder later.
void App::say_what_was_cleared(const std::string& ref, const forms::Change& change) {
  for (const forms::NodeState& node : change.changed) {
    if (node.ref == ref || !node.value.empty() || !node.relevant) continue;
    if (node.control != "select1" && node.control != "select" && node.control != "rank") continue;
    const auto before = std::ranges::find(nodes_, node.ref, &forms::NodeState::ref);
    if (before == nodes_.end() || before->value.empty() || !before->relevant) continue;
    return say(words::fill(words_("“{0}” was cleared: it has other choices now."), {node.label}));
  }
}

}  // namespace vigil::tablet
