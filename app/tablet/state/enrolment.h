// SPDX-License-Identifier: Apache-2.0
//
// A tablet and its office come to know each other: a vault and a key of its own, the request with
// the key, the office's kit. Thread: whoever has the vault.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/device_model.h"
#include "app/visit/roster_store.h"
#include "app/words/words.h"
#include "core/base/files.h"
#include "core/crypto/minisign.h"
#include "core/vault/slots.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

struct EnrolPage {
  std::string label;
  std::string error;
  std::string kit_error;
  std::string saved;
  Bytes kit;                              // read, not yet accepted
  std::vector<std::string> office_words;  // of its root
  std::string enrolled;
};

[[nodiscard]] Result<crypto::minisign::SecretKey> device_key(vault::Vault& vault);
// Of a key, in words of the interface's language: the lists are English and Russian.
[[nodiscard]] std::vector<std::string> key_words(const crypto::minisign::PublicKey& key,
                                                 std::string_view language);

// A vault with a key of its own, open. Takes as long as deriving a key does.
[[nodiscard]] Result<vault::VaultPointer> make_tablet(const vault::Host& host,
                                                      const std::string& folder,
                                                      const crypto::SecretBytes& passphrase,
                                                      const crypto::Argon2Cost& cost,
                                                      const std::string& label);
// The name of the file that was written into `folder`.
[[nodiscard]] Result<std::string> save_request(vault::Vault& vault, Files& files,
                                               const std::string& folder,
                                               const crypto::minisign::SecretKey& key);
// Reads a kit into `page`. True where nothing is to be compared: the root is the one trusted since
// the first kit. Else the words of its root are there; what failed is said on the page.
[[nodiscard]] bool read_kit(const words::Words& words, std::string_view language,
                            vault::Vault& vault, Files& files, const std::string& path,
                            EnrolPage& page);
// The words were compared: this root is trusted from now on, or was before. kDenied
// "device.not_enrolled"; else as trust::read_kit() and visit::accept_kit().
[[nodiscard]] Result<visit::AcceptedKit> take_kit(vault::Vault& vault, ByteView archive);
[[nodiscard]] std::string accepted_words(const words::Words& words,
                                         const visit::AcceptedKit& accepted);

// With a vault; `sticks` to carry the request and to find kits on. The passphrase fields are the
// caller's.
[[nodiscard]] EnrolModel enrol_model(const words::Words& words, std::string_view language,
                                     vault::Vault& vault, Files& files,
                                     std::vector<ui::Option> sticks, const EnrolPage& page);

}  // namespace vigil::tablet
