// SPDX-License-Identifier: Apache-2.0
//
// The pictures on the cards of the open checklist: small ones of its attachments, and the form's
// own beside choices. They go with the checklist. The screen's thread, which has the vault.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/thumbnails.h"
#include "app/words/words.h"
#include "forms/session/session.h"

namespace vigil::tablet {

class CardPictures {
 public:
  // Borrows the vault. `wake` is told from another thread that a picture is decoded.
  CardPictures(vault::Vault& vault, vault::RecordId record, std::function<void()> wake)
      : vault_(vault), record_(record), thumbnails_(std::move(wake)) {}

  // Before a frame is drawn: goes on with what is in sight. True where the screen changed.
  [[nodiscard]] bool begin_frame(std::int64_t now_ms);
  // It is in sight in this frame, and waits.
  void want(const std::string& name, std::int64_t now_ms) { thumbnails_.want(name, now_ms); }
  // When to be asked again, in ms; negative: not before something else happens.
  [[nodiscard]] int wake_ms(std::int64_t now_ms) const { return thumbnails_.wake_ms(now_ms); }

  // What the cards need of the vault beside their values.
  void add_to(ChecklistModel& model, const words::Words& words, const forms::FormDefinition& form,
              const std::vector<forms::NodeState>& nodes);

 private:
  void describe(const std::vector<vault::Attachment>& stored, const words::Words& words,
                QuestionRow& row) const;
  void add_choice_images(const forms::FormDefinition& form,
                         const std::vector<forms::NodeState>& nodes, QuestionRow& row);
  [[nodiscard]] ui::ImagePointer choice_image(const forms::FormDefinition& form,
                                              std::string_view uri);

  vault::Vault& vault_;
  vault::RecordId record_;
  Thumbnails thumbnails_;
  std::map<std::string, ui::ImagePointer, std::less<>> choice_images_;
  bool form_media_read_ = false;
};

}  // namespace vigil::tablet
