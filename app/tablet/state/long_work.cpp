// SPDX-License-Identifier: Apache-2.0
//
// What takes long: the vault goes to a worker and comes back, or (sending) stays here while a
// thread of its own talks to the network.
#include <memory>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/setting_names.h"
#include "app/visit/finalise.h"
#include "app/visit/hub.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "core/trust/handover.h"
#include "core/trust/kit.h"
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
  busy_.reset();
  unlocking_ = false;
  touch();
  if (!lock_when_back_) return;
  lock_when_back_ = false;
  lock(kit);
  if (shown == Screen::kUnlock) screen_ = shown;
}

void App::work_with_vault(std::string title, std::string text, WithVault job, After after) {
  busy_ = Busy{std::move(title), std::move(text), host_.clock.monotonic_ms()};
  screen_ = Screen::kBusy;
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
  unlock_error_.clear();
  unlocking_ = true;
  // The passphrase goes with the job and is wiped with it.
  work_.start([this, passphrase = passphrase_.copy()](Work::Progress&) -> Work::Finish {
    auto vault = vault::open_vault(host_, options_.folder, passphrase);
    return [this, vault = std::move(vault)](ui::Kit& kit) mutable {
      passphrase_.clear();
      if (!vault) return unlock_failed(vault.error());
      kit.forget();
      opened(std::move(*vault));
      restore_position(kit);
    };
  });
  passphrase_.clear();
}

void App::unlock_failed(const Error& error) {
  const std::int64_t wait_ms = vault::wait_left_ms(host_, options_.folder);
  unlock_wait_until_ms_ = wait_ms > 0 ? host_.clock.monotonic_ms() + wait_ms : 0;
  const bool readonly = error.code == "vault.readonly" || error.code == "files.read_only" ||
                        error.code == "files.permission";
  // The wait says all there is to say.
  if (error.code == "vault.backoff") return;
  unlock_error_ = readonly ? std::string(words_("The tablet's storage cannot be written to. Hand "
                                                "the tablet to the office."))
                           : error_words(words_, error);
}

void App::opened(vault::VaultPointer vault) {
  vault_ = std::move(vault);
  load_settings();
  load_kit();
  unlock_error_.clear();
  unlock_wait_until_ms_ = 0;
  screen_ = Screen::kVisits;
  last_touch_ms_ = host_.clock.monotonic_ms();
  touch();
}

void App::seal() {
  const auto before = vault::visit(*vault_, visit_);
  keep_setting(kPositionSetting, "");
  const auto sealed = std::make_shared<Result<vault::FinalisedVisit>>();
  // The review page said what is missing; who holds the button has read it.
  work_with_vault(
      std::string(words_("Sealing")),
      std::string(words_("The visit is encrypted to the office. It is either sealed whole or "
                         "still open; a power cut changes nothing of that.")),
      [this, sealed, visit = visit_](vault::Vault& vault, Work::Progress& progress) {
        const auto told = [&](std::uint64_t done_bytes, std::uint64_t total_bytes) {
          progress.done = done_bytes;
          progress.total = total_bytes;
        };
        *sealed = visit::finalise_visit(vault, host_.clock, visit, {.missing = true, .wrong = true},
                                        told);
      },
      [this, sealed, code = before ? before->code : std::string()](ui::Kit&) {
        if (!*sealed) {
          review_error_ = error_words(words_, sealed->error());
          screen_ = Screen::kReview;
          return;
        }
        sealed_code_ = code;
        visit_ = {};
        views_.clear();
        screen_ = Screen::kSealed;
      });
}

void App::send() {
  if (sender_.running()) return;
  outbox_ = {};
  const auto roster = visit::current_roster(*vault_);
  const auto hub = visit::hub_in_use(*vault_);
  if (!roster || !hub || !*hub) {
    outbox_.outcome_is_bad = true;
    outbox_.outcome = !roster ? error_words(words_, roster.error())
                              : std::string(words_("Say first where the hub is."));
    return;
  }
  retention_days_ = static_cast<int>(roster->roster.policy.retention_days);
  sender_.start((*hub)->address, roster->roster);
}

void App::watch_sending(ui::Kit& kit) {
  if (!sender_.running()) return;
  if (vault_) {
    visit::VaultOutbox outbox(*vault_, host_.files, retention_days_);
    sender_.serve(&outbox);
  } else if (!work_.busy()) {
    sender_.serve(nullptr);
  }
  kit.wake_in(kBusyFrame_ms);
  touch();
  const auto report = sender_.take();
  if (!report) return;
  show_ = "outbox.outcome";
  outbox_.outcome_is_bad = report->stopped || !report->refused.empty();
  if (report->stopped) {
    outbox_.outcome = error_words(words_, *report->stopped);
  } else if (!report->refused.empty()) {
    outbox_.outcome = words_.plural(
        "The hub refused {0} visit. Tell the office what stands below.",
        "The hub refused {0} visits. Tell the office what stands below.", report->refused.size());
  } else if (report->delivered.empty()) {
    outbox_.outcome = words_("Nothing waits to be sent.");
  } else {
    outbox_.outcome = words_.plural("{0} visit was received; its receipt is verified.",
                                    "{0} visits were received; their receipts are verified.",
                                    report->delivered.size());
  }
  for (const sync::Delivery& delivery : report->delivered) {
    if (delivery.alarm.empty()) continue;
    outbox_.outcome_is_bad = true;
    outbox_.outcome =
        words::fill(words_("The hub raised an alarm ({0}). Tell the office."), {delivery.alarm});
  }
}

// A tablet of one's own: a vault, its key, and on to the request.
void App::make_vault() {
  if (work_.busy() || vault_) return;
  ui::SecretText& passphrase = change_[1];
  enrol_.error.clear();
  if (!trust::is_label(enrol_.label)) {
    enrol_.error = words_(
        "A tablet's name is up to 32 of the letters a-z, digits and hyphens, such as tablet-1.");
    return;
  }
  // The button waits for two that are the same.
  if (passphrase.empty() || !passphrase.same_as(change_[2])) return;
  busy_ = Busy{std::string(words_("Making the vault")), "", host_.clock.monotonic_ms()};
  screen_ = Screen::kBusy;
  work_.start([this, passphrase = passphrase.copy(),
               label = enrol_.label](Work::Progress&) -> Work::Finish {
    auto made =
        vault::create_vault(host_, options_.folder, passphrase, cost_for(options_.light_key));
    Status kept;
    if (made) {
      const auto key = crypto::minisign::SecretKey::generate();
      kept = vault::put_secret(**made, vault::kDeviceKeySecret, key.raw().view());
      if (kept) {
        kept = vault::put_settings(**made, {{vault::kDeviceLabelSetting, as_bytes(label)},
                                            {vault::kRoleSetting, as_bytes("tablet")}});
      }
    } else {
      kept = std::unexpected(made.error());
    }
    return [this, kept, made = std::move(made)](ui::Kit&) mutable {
      for (ui::SecretText& text : change_) text.clear();
      if (!kept) {
        enrol_.error = error_words(words_, kept.error());
        screen_ = Screen::kEnrol;
        return;
      }
      opened(std::move(*made));
      open_enrolment();
    };
  });
}

void App::change_passphrase() {
  passphrase_change_.error.clear();
  if (change_[1].empty() || !change_[1].same_as(change_[2])) return;
  const auto changed = std::make_shared<Status>();
  work_with_vault(
      std::string(words_("Changing the passphrase")), "",
      [this, changed, before = change_[0].copy(), after = change_[1].copy()](vault::Vault& vault,
                                                                             Work::Progress&) {
        const auto slot =
            vault::change_passphrase(vault, before, after, cost_for(options_.light_key));
        if (!slot) *changed = std::unexpected(slot.error());
      },
      [this, changed](ui::Kit&) {
        for (ui::SecretText& text : change_) text.clear();
        screen_ = Screen::kSettings;
        if (*changed) {
          passphrase_change_.open = false;
          passphrase_change_.done = true;
        } else {
          passphrase_change_.error =
              changed->error().code == "vault.passphrase"
                  ? std::string(words_("The passphrase now in use was not right."))
                  : error_words(words_, changed->error());
        }
      });
}

// The words were compared: this root is trusted from now on, or was before.
void App::accept_kit() {
  const auto outcome = std::make_shared<Result<visit::AcceptedKit>>();
  work_with_vault(
      std::string(words_("Taking the kit")),
      std::string(words_("Each checklist in it is read and tried.")),
      [outcome, archive = enrol_.kit](vault::Vault& vault, Work::Progress&) {
        *outcome = [&]() -> Result<visit::AcceptedKit> {
          auto root = visit::pinned_root(vault);
          if (root) {
            root = trust::follow_handovers(archive, *root);
          } else if (root.error().code == "roster.absent") {
            root = trust::claimed_root(archive);
          }
          if (!root) return std::unexpected(root.error());
          VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, *root));
          VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kDeviceKeySecret));
          VIGIL_ASSIGN(const auto key, crypto::minisign::SecretKey::from_raw(raw.view()));
          if (kit.roster.find_device(key.public_key()) == nullptr) {
            return fail(ErrorKind::kDenied, "device.not_enrolled",
                        "This tablet is not in the kit's roster; the office must approve its "
                        "request first and then make a new kit.");
          }
          VIGIL_ASSIGN(auto accepted, visit::accept_kit(vault, archive, kit));
          const auto recovery = kit.roster.recipients_for(trust::RecipientRole::kRecovery);
          if (!recovery.empty()) {
            VIGIL_ASSIGN([[maybe_unused]] const auto slot,
                         vault::set_recovery(vault, recovery.front()));
          }
          return accepted;
        }();
      },
      [this, outcome](ui::Kit&) {
        enrol_.kit.clear();
        enrol_.office_words.clear();
        screen_ = Screen::kEnrol;
        if (!*outcome) {
          enrol_.kit_error = error_words(words_, outcome->error());
          show_ = "enrol.kit-error";
          return;
        }
        show_ = "enrol.go-on";
        open_forms_.clear();
        load_kit();
        enrol_.enrolled =
            words_.plural("The kit is accepted: {0} checklist.",
                          "The kit is accepted: {0} checklists.", (*outcome)->forms.size());
        if ((*outcome)->hub) {
          enrol_.enrolled +=
              " " + words::fill(words_("Sealed visits go to {0}, as the office says."),
                                {(*outcome)->hub->url});
        }
      });
}

}  // namespace vigil::tablet
