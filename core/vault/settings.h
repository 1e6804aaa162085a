// SPDX-License-Identifier: Apache-2.0
//
// Named blobs of this vault: public ones, and secrets that come out as SecretBytes only. A name is
// of one sort for good. Each put is one durable transaction.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"
#include "core/vault/vault.h"

namespace vigil::vault {

// The names in use; one place, so that tablet, office and command line agree.
inline constexpr std::string_view kRoleSetting = "role";      // "tablet" or "office"
inline constexpr std::string_view kKitSetting = "kit";        // the kit archive as accepted
inline constexpr std::string_view kRosterSetting = "roster";  // roster.json
inline constexpr std::string_view kRosterSignatureSetting = "roster-signature";  // its minisig
inline constexpr std::string_view kRootKeySetting = "root-key";  // public, minisign base64
inline constexpr std::string_view kCollectorKeySetting =
    "collector-key";  // public, as the kit says
inline constexpr std::string_view kOfficeHubSetting =
    "office-hub";  // the hub as the kit names it: address, then a pin a line
inline constexpr std::string_view kHubUrlSetting = "hub-url";  // typed here; wins over the kit's
inline constexpr std::string_view kHubPinSetting = "hub-pin";  // for it: "sha256//<base64>", ';'
inline constexpr std::string_view kLanguageSetting = "language";
inline constexpr std::string_view kDeviceLabelSetting = "device-label";
inline constexpr std::string_view kDeviceKeySecret = "device-key";     // minisign raw, 72 bytes
inline constexpr std::string_view kRootKeySecret = "root-secret-key";  // office only, minisign raw
inline constexpr std::string_view kLogKeySecret =
    "log-secret-key";  // where the office runs the log
inline constexpr std::string_view kOpeningIdentitySecret =
    "opening-identity";  // AGE-SECRET-KEY-1...
inline constexpr std::string_view kRestrictedIdentitySecret = "restricted-identity";
inline constexpr std::string_view kRecoveryIdentitySecret = "recovery-identity";

[[nodiscard]] Status put_setting(Vault& vault, std::string_view name, ByteView value);
// nullopt where nothing was put.
[[nodiscard]] Result<std::optional<Bytes>> get_setting(Vault& vault, std::string_view name);
[[nodiscard]] Status remove_setting(Vault& vault, std::string_view name);  // fine when absent
// Several at once, all or none (an accepted kit and its roster).
[[nodiscard]] Status put_settings(Vault& vault,
                                  const std::vector<std::pair<std::string_view, ByteView>>& values);

[[nodiscard]] Status put_secret(Vault& vault, std::string_view name, ByteView value);
// kNotFound "vault.secret".
[[nodiscard]] Result<crypto::SecretBytes> get_secret(Vault& vault, std::string_view name);
[[nodiscard]] Result<bool> has_secret(Vault& vault, std::string_view name);
[[nodiscard]] Status remove_secret(Vault& vault, std::string_view name);  // fine when absent

}  // namespace vigil::vault
