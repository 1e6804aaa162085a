// SPDX-License-Identifier: Apache-2.0
//
// Answers that are more than words: files and marks made on the desk, places that the satellite
// receiver finds. From here they go into the vault; what was not kept goes with the checklist. The
// screen's thread, which has the vault.
#pragma once

#include <string>

#include "app/tablet/screens/media_commands.h"
#include "app/tablet/state/app_options.h"
#include "app/tablet/state/checklist_answers.h"
#include "app/tablet/state/locator.h"
#include "app/tablet/state/media_desk.h"
#include "core/base/files.h"

namespace vigil::tablet {

class ChecklistMedia {
 public:
  // Borrows all of them.
  ChecklistMedia(ChecklistAnswers& answers, vault::Vault& vault, Files& files,
                 const words::Words& words, const AppOptions& options)
      : answers_(answers),
        vault_(vault),
        files_(files),
        words_(words),
        options_(options),
        locator_(options.wake) {}

  // What is wrong with something on the desk is said there.
  [[nodiscard]] Result<Reply> carry_out(const MediaCommand& asked, std::int64_t now_ms);
  // True where a page of the desk was open: it closes, or asks whether to leave what is not kept.
  [[nodiscard]] bool go_back();

  // What camera, microphone and receiver brought since the frame before.
  struct Polled {
    bool changed = false;  // the screen
    bool in_use = false;   // somebody listens or speaks: no time to lock
    int wake_ms = -1;      // when to ask again; negative: not before something else happens
    Result<Reply> reply;
  };
  [[nodiscard]] Polled poll(std::int64_t now_ms);

  [[nodiscard]] bool on_desk() const { return desk_.open(); }
  // The page on the desk, or how far the place on a card is.
  void add_to(ChecklistModel& model) const;

 private:
  [[nodiscard]] Status open_desk(const media::Open& open);
  void list_files();
  [[nodiscard]] Reply take_file(const std::string& path);
  [[nodiscard]] Result<Reply> keep();
  [[nodiscard]] Reply attach(const std::string& ref, ByteView content,
                             const std::string& media_type);
  [[nodiscard]] Reply attach_beside(const std::string& ref, ByteView content);
  [[nodiscard]] Status remove_beside(const std::string& ref, const std::string& name);
  [[nodiscard]] Result<Reply> remove(const std::string& ref);
  void store_marks();
  [[nodiscard]] Result<Reply> keep_body_picture();
  [[nodiscard]] Result<Reply> take_place();

  ChecklistAnswers& answers_;
  vault::Vault& vault_;
  Files& files_;
  const words::Words& words_;
  const AppOptions& options_;
  MediaDesk desk_;
  Locator locator_;
};

}  // namespace vigil::tablet
