// SPDX-License-Identifier: Apache-2.0
//
// What takes long: the vault goes to a worker and comes back, or (sending) stays here while a
// thread of its own talks to the network.
#include <memory>

#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/setting_names.h"
#include "app/visit/finalise.h"
#include "app/visit/hub.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "core/trust/label.h"
#include "core/vault/backoff.h"
#include "core/vault/settings.h"
#include "core/vault/slots.h"
#include "core/vault/visits.h"

namespace vigil::tablet {
namespace {

constexpr int kBusyFrame_ms = 100;
// The derivation may take this long on this tablet: long enough to make guessing dear.
constexpr int kDerivation_ms = 700;

crypto::Argon2Cost cost_for(bool light) {
  return light ? crypto::Argon2Cost{} : crypto::calibrate_argon2(kDerivation_ms);
}

}  // namespace

// A worker that is done hands its vault back here, unless somebody locked meanwhile.
void App::watch_work(ui::Kit& kit) {
  if (!work_.busy()) return;
  const Screen shown = screen_;
  if (!work_.settle(kit)) {
    kit.wake_in(kBusyFrame_ms);
    if (screen_ == Screen::kBusy) touch();
    return;
  }
  unlock_.deriving = false;
  touch();
  if (!lock_when_back_) return;
  lock_when_back_ = false;
  lock(kit);
  if (shown == Screen::kUnlock) screen_ = shown;
}

void App::show_busy(std::string_view title, std::string_view text) {
  busy_ = {std::string(title), std::string(text), host_.clock.monotonic_ms()};
  screen_ = Screen::kBusy;
}

void App::work_with_vault(WithVault job, After after) {
  work_.start([this, vault = std::move(vault_), job = std::move(job),
               after = std::move(after)](Work::Progress& progress) mutable -> Work::Finish {
    job(*vault, progress);
    return [this, vault = std::move(vault), after = std::move(after)](ui::Kit& kit) mutable {
      vault_ = std::move(vault);
      last_touch_ms_ = host_.clock.monotonic_ms();
      after(kit);
    };
  });
}

Status App::unlock(const crypto::SecretBytes& passphrase) {
  VIGIL_ASSIGN(auto vault, vault::open_vault(host_, options_.folder, passphrase));
  opened(std::move(vault));
  return {};
}

void App::start_unlock() {
  if (work_.busy() || vault_) return;
  unlock_.error.clear();
  unlock_.deriving = true;
  // The passphrase goes with the job and is wiped with it.
  work_.start([this, passphrase = unlock_.passphrase.copy()](Work::Progress&) -> Work::Finish {
    auto vault = vault::open_vault(host_, options_.folder, passphrase);
    return [this, vault = std::move(vault)](ui::Kit& kit) mutable {
      unlock_.passphrase.clear();
      if (!vault) {
        const std::int64_t wait_ms = vault::wait_left_ms(host_, options_.folder);
        unlock_.wait_until_ms = wait_ms > 0 ? host_.clock.monotonic_ms() + wait_ms : 0;
        unlock_.error = unlock_error_words(words_, vault.error());
        return;
      }
      kit.forget();
      opened(std::move(*vault));
      restore_position(kit);
    };
  });
  unlock_.passphrase.clear();
}

void App::opened(vault::VaultPointer vault) {
  vault_ = std::move(vault);
  const std::string language = setting(*vault_, vault::kLanguageSetting);
  if (!language.empty()) set_language(language);
  take_settings(*vault_, options_);
  office_ = read_office_data(*vault_);
  unlock_.error.clear();
  unlock_.wait_until_ms = 0;
  screen_ = Screen::kVisits;
  last_touch_ms_ = host_.clock.monotonic_ms();
  touch();
}

void App::seal() {
  const auto before = vault::visit(*vault_, visit_.id);
  keep_setting(kPositionSetting, "");
  const auto sealed = std::make_shared<Result<vault::FinalisedVisit>>();
  // The review page said what is missing; who holds the button has read it.
  show_busy(words_("Sealing"),
            words_("The visit is encrypted to the office. It is either sealed whole or still open; "
                   "a power cut changes nothing of that."));
  work_with_vault(
      [this, sealed, visit = visit_.id](vault::Vault& vault, Work::Progress& progress) {
        const auto told = [&](std::uint64_t done_bytes, std::uint64_t total_bytes) {
          progress.done = done_bytes;
          progress.total = total_bytes;
        };
        *sealed = visit::finalise_visit(vault, host_.clock, visit, {.missing = true, .wrong = true},
                                        told);
      },
      [this, sealed, code = before ? before->code : std::string()](ui::Kit&) {
        if (!*sealed) {
          visit_.review_error = error_words(words_, sealed->error());
          screen_ = Screen::kReview;
          return;
        }
        sealed_code_ = code;
        visit_.leave();
        screen_ = Screen::kSealed;
      });
}

void App::send() {
  if (sender_.running()) return;
  pages_.outbox = {};
  const auto roster = visit::current_roster(*vault_);
  const auto hub = visit::hub_in_use(*vault_);
  if (!roster || !hub || !*hub) {
    pages_.outbox.outcome = {!roster ? error_words(words_, roster.error())
                                     : std::string(words_("Say first where the hub is.")),
                             true};
    return;
  }
  sender_.start((*hub)->address, roster->roster);
}

void App::watch_sending(ui::Kit& kit) {
  if (!sender_.running()) return;
  if (vault_) {
    visit::VaultOutbox outbox(*vault_, host_.files,
                              static_cast<int>(office_.policy.retention_days));
    sender_.serve(&outbox);
  } else if (!work_.busy()) {
    sender_.serve(nullptr);
  }
  kit.wake_in(kBusyFrame_ms);
  touch();
  const auto report = sender_.take();
  if (!report) return;
  show_ = "outbox.outcome";
  pages_.outbox.outcome = sent(words_, *report);
}

// A tablet of one's own: a vault, its key, and on to the request.
void App::make_vault() {
  if (work_.busy() || vault_) return;
  EnrolPage& page = pages_.enrol;
  page.error.clear();
  if (!trust::is_label(page.label)) {
    page.error = words_(
        "A tablet's name is up to 32 of the letters a-z, digits and hyphens, such as tablet-1.");
    return;
  }
  // The button waits for two that are the same.
  if (!pages_.typed.agree()) return;
  show_busy(words_("Making the vault"), "");
  work_.start([this, passphrase = pages_.typed.wanted.copy(),
               label = page.label](Work::Progress&) -> Work::Finish {
    auto made =
        make_tablet(host_, options_.folder, passphrase, cost_for(options_.light_key), label);
    return [this, made = std::move(made)](ui::Kit&) mutable {
      if (!made) {
        // What was typed stays: the next try needs it again.
        pages_.enrol.error = error_words(words_, made.error());
        screen_ = Screen::kEnrol;
        return;
      }
      pages_.typed.clear();
      opened(std::move(*made));
      open_enrolment();
    };
  });
}

void App::change_passphrase() {
  pages_.change.error.clear();
  if (!pages_.typed.agree()) return;
  const auto changed = std::make_shared<Status>();
  show_busy(words_("Changing the passphrase"), "");
  work_with_vault(
      [this, changed, before = pages_.typed.before.copy(), after = pages_.typed.wanted.copy()](
          vault::Vault& vault, Work::Progress&) {
        const auto slot =
            vault::change_passphrase(vault, before, after, cost_for(options_.light_key));
        if (!slot) *changed = std::unexpected(slot.error());
      },
      [this, changed](ui::Kit&) {
        pages_.typed.clear();
        screen_ = Screen::kSettings;
        if (*changed) {
          pages_.change.open = false;
          pages_.change.done = true;
        } else {
          pages_.change.error =
              changed->error().code == "vault.passphrase"
                  ? std::string(words_("The passphrase now in use was not right."))
                  : error_words(words_, changed->error());
        }
      });
}

void App::accept_kit() {
  const auto outcome = std::make_shared<Result<visit::AcceptedKit>>();
  show_busy(words_("Taking the kit"), words_("Each checklist in it is read and tried."));
  work_with_vault(
      [outcome, archive = pages_.enrol.kit](vault::Vault& vault, Work::Progress&) {
        *outcome = take_kit(vault, archive);
      },
      [this, outcome](ui::Kit&) {
        EnrolPage& page = pages_.enrol;
        page.kit.clear();
        page.office_words.clear();
        screen_ = Screen::kEnrol;
        if (!*outcome) {
          page.kit_error = error_words(words_, outcome->error());
          show_ = "enrol.kit-error";
          return;
        }
        show_ = "enrol.go-on";
        visit_.forms.clear();
        office_ = read_office_data(*vault_);
        page.enrolled = accepted_words(words_, **outcome);
      });
}

}  // namespace vigil::tablet
