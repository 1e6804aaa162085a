// SPDX-License-Identifier: Apache-2.0
//
// A vault opened by the child with the raw key its parent made.
#pragma once

#include <memory>
#include <string>

#include "core/base/check.h"
#include "core/vault/finalise.h"
#include "core/vault/settings.h"
#include "core/vault/store.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"

namespace vigil::vault::probe {

struct Opened {
  std::unique_ptr<Files> files = platform::posix_files();
  std::unique_ptr<Clock> clock = platform::system_clock();
  Host host{*files, *clock};
  VaultPointer vault;
};

inline std::unique_ptr<Opened> open_probe(const std::string& folder, const std::string& key_hex) {
  auto opened = std::make_unique<Opened>();
  auto vault = open_with_key(opened->host, folder,
                             crypto::SecretBytes::copy_of(*hex_decode(key_hex)), "00000000");
  CHECK(vault.has_value());
  opened->vault = std::move(*vault);
  return opened;
}

// With the device key and recipient that the parent put there.
inline Result<FinalisedVisit> finalise_as_set_up(Vault& vault, VisitId visit) {
  VIGIL_ASSIGN(const auto raw, get_secret(vault, kDeviceKeySecret));
  VIGIL_ASSIGN(const auto key, crypto::minisign::SecretKey::from_raw(raw.view()));
  VIGIL_ASSIGN(const auto text, get_setting(vault, "test-recipient"));
  VIGIL_ASSIGN(const auto recipient, crypto::age::parse_recipient(as_text(text.value_or(Bytes()))));
  FinaliseRequest request;
  request.device_key = &key;
  request.recipients = {recipient};
  return finalise(vault, visit, request);
}

}  // namespace vigil::vault::probe
