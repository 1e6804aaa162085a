// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/card_pictures.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/state/sticks.h"
#include "app/tablet/state/stored_files.h"
#include "core/vault/forms_store.h"

namespace vigil::tablet {
namespace {

constexpr int kChoiceSide = 480;

}  // namespace

bool CardPictures::begin_frame(std::int64_t now_ms) {
  bool changed = thumbnails_.step();
  if (const std::string name = thumbnails_.due(now_ms); !name.empty()) {
    thumbnails_.open(name, open_stored(vault_, record_, name));
    changed = true;
  }
  thumbnails_.begin_frame();
  return changed;
}

void CardPictures::add_to(ChecklistModel& model, const words::Words& words,
                          const forms::FormDefinition& form,
                          const std::vector<forms::NodeState>& nodes) {
  const auto stored = stored_files(vault_, record_);
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
      if (card->control == Control::kFile && !row.value.empty()) describe(stored, words, row);
      if (!row.options.empty()) add_choice_images(form, nodes, row);
    }
  }
}

void CardPictures::describe(const std::vector<vault::Attachment>& stored, const words::Words& words,
                            QuestionRow& row) const {
  row.attached = words("One file is attached.");
  for (const vault::Attachment& file : stored) {
    if (file.name != row.value) continue;
    // The camera's are JPEG, what is drawn is PNG; from a stick either may come.
    const std::string_view kind = file.media_type == "image/jpeg" ? words("Photo")
                                  : file.media_type.starts_with("image/")
                                      ? words("Photo or drawing")
                                  : file.media_type.starts_with("audio/") ? words("Recording")
                                  : file.media_type.starts_with("video/") ? words("Video")
                                                                          : words("Document");
    row.attached = fmt::format("{} · {}", kind, size_words(words, file.size_bytes));
    if (!file.media_type.starts_with("image/") || !file.complete) continue;
    row.thumbnail = thumbnails_.find(file.name);
    row.thumbnail_waits = thumbnails_.waits(file);
  }
}

void CardPictures::add_choice_images(const forms::FormDefinition& form,
                                     const std::vector<forms::NodeState>& nodes, QuestionRow& row) {
  const auto node = std::ranges::find(nodes, row.ref, &forms::NodeState::ref);
  if (node == nodes.end()) return;
  for (std::size_t index = 0; index < row.options.size(); ++index) {
    if (index >= node->choices.size() || node->choices[index].image.empty()) continue;
    row.options[index].image = choice_image(form, node->choices[index].image);
  }
}

// All of the form's are read with the first that is shown.
ui::ImagePointer CardPictures::choice_image(const forms::FormDefinition& form,
                                            std::string_view uri) {
  if (!form_media_read_) {
    form_media_read_ = true;
    const auto installed = vault::installed_form(vault_, form.id(), form.version());
    if (!installed) return nullptr;
    for (const vault::FormMedia& file : installed->media) {
      if (const auto picture = platform::decode_picture(file.content)) {
        choice_images_[file.name] =
            image_of("form." + file.name, platform::shrunk(*picture, kChoiceSide));
      }
    }
  }
  const auto found = choice_images_.find(file_name(uri));
  return found == choice_images_.end() ? nullptr : found->second;
}

}  // namespace vigil::tablet
