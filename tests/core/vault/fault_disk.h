// SPDX-License-Identifier: Apache-2.0
//
// A disk that goes wrong at one chosen change: an SQLite file layer over the real one, and the
// system calls behind platform::posix_files(), counting their changes together. Tests only.
#pragma once

#include <cstdint>
#include <string>

namespace vigil::vault::test {

enum class Fault {
  kOnce,      // the change fails, later ones work
  kFullOnce,  // the same, as a full disk
  kFull,      // it and all later ones fail, as a full disk
  kFromNow,   // it and all later ones fail, as where the process is killed
  kShort,     // half of a write is done, then as kFromNow
  kPowerCut,  // as kFromNow, and afterwards everything that was not synced is gone
};
inline constexpr Fault kFaults[] = {Fault::kOnce,    Fault::kFullOnce, Fault::kFull,
                                    Fault::kFromNow, Fault::kShort,    Fault::kPowerCut};
const char* name_of(Fault fault);

// Makes the failing layer SQLite's default, once per process. It is silent until armed.
void install_fault_disk();
// System calls fail below this folder only.
void watch_folder(const std::string& folder);
// The `change`th change from now goes wrong.
void arm(Fault fault, std::uint64_t change);
// The change to try after `change`: every one where VIGIL_FAULTS is set (make soak), else later
// ones are sampled.
std::uint64_t next_to_try(std::uint64_t change);
// Works again; true where the fault was met. After kPowerCut restores what was durable: no database
// may be open then.
bool disarm();
// Forgets what is known as durable (another folder's turn).
void forget_files();

}  // namespace vigil::vault::test
