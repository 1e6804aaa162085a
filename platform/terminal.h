// SPDX-License-Identifier: Apache-2.0
//
// Where passphrases come from: the terminal without echo, a file descriptor, or a file; never an
// argument, which every process of the machine can read. One trailing newline ("\n" or "\r\n") is
// not part of the passphrase. One thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::platform {

// Longer ones are refused, not cut: "passphrase.too_long".
inline constexpr std::size_t kPassphraseLimit_bytes = 1024;

// Asks on the controlling terminal (not standard input, which may be a pipe) and reads one line
// with echo off; echo is back afterwards also when a signal ends the program. Fails kUnavailable,
// "passphrase.no_terminal".
[[nodiscard]] Result<crypto::SecretBytes> ask_passphrase(std::string_view prompt);

// Asks twice; fails kUsage, "passphrase.differs", where the two are not equal.
[[nodiscard]] Result<crypto::SecretBytes> ask_new_passphrase(std::string_view prompt,
                                                             std::string_view again_prompt);

// Reads `descriptor` to its end (or first newline); does not close it.
[[nodiscard]] Result<crypto::SecretBytes> read_passphrase_descriptor(int descriptor);

struct FilePassphrase {
  crypto::SecretBytes passphrase;
  // One sentence where others on this machine may read the file, else empty: say it, go on.
  std::string warning;
};
// Fails kNotFound, kStorage, or kUsage "passphrase.empty".
[[nodiscard]] Result<FilePassphrase> read_passphrase_file(const std::string& path);

}  // namespace vigil::platform
