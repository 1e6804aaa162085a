// SPDX-License-Identifier: Apache-2.0
//
// What the program's commands share. Internal to app/verify's command line.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/minisign.h"

namespace CLI {
class App;
}

namespace vigil::verify {

inline constexpr int kUsageStatus = 2;

// The exit status where there is nothing more to do: --help, --version, wrong usage.
[[nodiscard]] std::optional<int> read_options(CLI::App& app, int argc, char** argv);
// Says the error on standard error; returns the exit status.
int complain(const Error& error, bool json);
// A .pub file, or the base64 that `minisign -P` takes.
[[nodiscard]] Result<crypto::minisign::PublicKey> read_root(Files& files, const std::string& text);
[[nodiscard]] std::string iso_time(WallTime time);

[[nodiscard]] int run_evidence(int argc, char** argv);

}  // namespace vigil::verify
