// SPDX-License-Identifier: Apache-2.0
//
// What each screen shows, as plain values made from the state (state/) or from a sample. A model
// holds words already in the person's language; drawing adds only the words that are always there.
// Ids are the vault's row numbers, refs the form engine's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/tablet/screens/device_model.h"
#include "app/tablet/screens/media_model.h"
#include "app/tablet/screens/question_card.h"
#include "app/ui/controls.h"
#include "app/ui/keyboard.h"

namespace vigil::tablet {

// On every screen.
struct Chrome {
  struct Language {
    std::string code;   // "ru"; the form's own name for its languages
    std::string label;  // "Русский"
    bool chosen = false;
  };
  std::string language_badge;            // "RU"
  std::vector<Language> languages;       // of the interface
  std::vector<Language> form_languages;  // of the checklist that is open
  bool menu_open = false;                // the language menu
  bool dark = false;
  int scale_percent = 100;
  ui::KeyboardMode keyboard = ui::KeyboardMode::kNever;
  std::string toast;      // something that just happened, for a few seconds
  bool can_undo = false;  // it can be taken back
};

struct VisitsModel {
  struct Open {
    std::int64_t visit = 0;
    std::string code;
    std::string place;  // or the code, where no place was given
    std::string about;  // kind and day
    int answered = 0;
    int asked = 0;
    bool unread = false;  // the vault cannot say how far it is
  };
  struct Sealed {
    std::string code;
    std::string day;
    SealedState state = SealedState::kQueued;
    int sent_percent = 0;
  };
  std::string clock;  // a sentence where it cannot be right
  std::string search;
  std::vector<Open> open;
  std::vector<Sealed> sealed;
  int waiting = 0;       // sealed and not yet received
  bool enrolled = true;  // the office's kit was accepted; without it no visit can be sealed
  std::string sending;   // what the network is doing, where it does something
  bool filtered = false;
  std::string unread;  // why the vault cannot say what it has; empty: it can
};

// What a visit is, when it begins and while it is open.
struct VisitAboutModel {
  std::string place;
  std::vector<ui::Option> places;  // of the kit's inventory, those that match what was typed
  bool more_places = false;        // and there are more than are shown
  std::vector<ui::Option> team;    // how many persons
  std::vector<ui::Option> tasks;   // of whoever holds this tablet
  std::vector<ui::Option> kinds;
};

struct NewVisitModel {
  VisitAboutModel about;
  std::vector<ui::Option> forms;
  bool can_start = false;
};

// A visit with its checklists.
struct VisitModel {
  struct Record {
    std::int64_t record = 0;
    std::string title;
    int answered = 0;
    int asked = 0;
    int missing = 0;  // required and not answered
    int to_mend = 0;  // breaks the form's own rules
    int mismatches = 0;
  };
  // What was marked "in findings", and mismatches: what the team talks about before it leaves.
  struct Finding {
    std::int64_t record = 0;
    std::string ref;
    std::string label;
    std::string text;
    bool mismatch = false;
    bool urgent = false;
  };
  std::int64_t visit = 0;
  std::string code;
  std::string place;
  std::string about;
  std::optional<VisitAboutModel> change;  // while it is being changed
  std::string kind;                       // in words, as are the next three; empty: nobody said
  std::string team;
  std::string tasks;
  std::string team_note;  // of a visit from before team and tasks had places of their own
  std::vector<Record> records;
  std::vector<Record> interviews;  // private ones: shown by code alone
  std::vector<Finding> findings;
  bool gathering = false;  // some checklists are still to be read
  std::vector<ui::Option> interview_forms;
  std::vector<ui::Option> forms;  // that can be added
  std::string unread;             // why the vault cannot say what is in it; empty: it can
};

struct GroupHeading {
  std::string ref;
  std::string label;
  [[nodiscard]] bool operator==(const GroupHeading&) const = default;
};
struct RepeatHeading {
  std::string ref;  // of the instance
  std::string label;
  bool can_remove = false;
  [[nodiscard]] bool operator==(const RepeatHeading&) const = default;
};
// The instances of a long repeat by number, so that nobody scrolls past thirty cells.
struct RepeatIndex {
  std::string ref;  // of the range
  std::string label;
  int instances = 0;
  [[nodiscard]] bool operator==(const RepeatIndex&) const = default;
};
struct RepeatAdd {
  std::string ref;  // of the range
  std::string label;
  std::string like_last;  // the label of adding one with the answers of the last; "" offers none
  [[nodiscard]] bool operator==(const RepeatAdd&) const = default;
};
using Block = std::variant<QuestionCard, GroupHeading, RepeatIndex, RepeatHeading, RepeatAdd>;

struct ChecklistModel {
  struct Section {
    std::string key;
    std::string title;
    int answered = 0;
    int asked = 0;
    bool to_mend = false;
  };
  // A question that has the words looked for; `label` says also which cell it is of.
  struct Found {
    std::string ref;
    std::string label;
    std::string section;
  };
  std::string place;
  std::string about;       // checklist and case
  bool interview = false;  // a private one: nothing leads from it to what others said
  std::vector<Section> sections;
  std::string search;        // what questions are looked for by; "": the sections are shown
  std::vector<Found> found;  // in document order, the first ones
  bool more_found = false;
  std::size_t section = 0;
  bool rail_open = false;  // on narrow screens the rail covers the page
  int answered = 0;
  int asked = 0;
  int to_mend = 0;
  int mismatches = 0;
  int later = 0;
  bool unsaved = false;       // something on this page is not on the medium: its question says why
  std::vector<Block> blocks;  // of the section shown
  // Of each block, another number as soon as anything of it is shown otherwise, in this language or
  // in another; empty where nobody counts.
  std::vector<std::uint64_t> revisions;
  bool last_section = false;
  std::optional<MediaModel> media;  // a page of its own over the checklist
};

struct ReviewModel {
  struct Entry {
    std::int64_t record = 0;
    std::string ref;
    std::string label;
    std::string text;
    std::string whose = {};  // the checklist, where the visit has more than one
  };
  std::string place;
  std::string code;  // empty where it stands in place of the place
  int answered = 0;
  int asked = 0;
  std::vector<Entry> unfinished;  // typed and no answer yet: not sealed
  std::vector<Entry> to_mend;     // break the form's rules: sealed so, the office sees them marked
  std::vector<Entry> missing;     // required, not asked: may stay so
  std::vector<Entry> mismatches;
  std::vector<Entry> one_person;  // rests on one detained person only
  std::vector<std::string> readers;
  std::string error;
  std::string unread;  // why the vault cannot say what is in it; empty: it can
  bool can_seal = false;
};

struct SealedModel {
  std::string code;
};

// The neutral screen behind the Hide button: nothing of ours is on it.
struct HiddenModel {
  std::string clock;  // "09:41"
};

using ScreenModel =
    std::variant<UnlockModel, VisitsModel, NewVisitModel, VisitModel, ChecklistModel, ReviewModel,
                 SealedModel, HiddenModel, BusyModel, OutboxModel, SettingsModel, EnrolModel>;

struct Model {
  Chrome chrome;
  ScreenModel screen;
};

}  // namespace vigil::tablet
