// SPDX-License-Identifier: Apache-2.0
//
// Everything that goes when a checklist is left or the tablet locked: to destroy it is to leave it.
#pragma once

#include <memory>
#include <utility>

#include "app/tablet/state/card_pictures.h"
#include "app/tablet/state/checklist_answers.h"
#include "app/tablet/state/checklist_media.h"

namespace vigil::tablet {

struct OpenChecklist {
  // Borrows all but the first.
  OpenChecklist(std::unique_ptr<visit::Checklist> checklist, vault::Vault& vault,
                const vault::Host& host, const words::Words& words,
                const std::vector<Limit>& limits, const AppOptions& options)
      : answers(std::move(checklist), host.clock, words, limits),
        pictures(vault, answers.stored().record(), options.wake),
        media(answers, vault, host.files, words, options) {}

  ChecklistAnswers answers;
  CardPictures pictures;
  ChecklistMedia media;
};

}  // namespace vigil::tablet
