// SPDX-License-Identifier: Apache-2.0
//
// A disk that goes wrong at one chosen change: an SQLite file layer over the real one, and Files
// over the real ones, counting their changes together. Tests only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/files.h"

namespace vigil::vault::test {

enum class Fault {
  kOnce,      // the change fails, later ones work
  kFullOnce,  // the same, as a full disk
  kFromNow,   // it and all later ones fail, as where the process is killed
  kShort,     // half of a write is done, then as kFromNow
  kPowerCut,  // as kFromNow, and afterwards everything that was not synced is gone
};
inline constexpr Fault kFaults[] = {Fault::kOnce, Fault::kFullOnce, Fault::kFromNow, Fault::kShort,
                                    Fault::kPowerCut};
const char* name_of(Fault fault);

// Makes the failing layer SQLite's default, once per process. It is silent until armed.
void install_fault_disk();
// The `change`th change from now goes wrong.
void arm(Fault fault, std::uint64_t change);
// Works again; true where the fault was met. After kPowerCut restores what was durable: no database
// may be open then.
bool disarm();
// Forgets what is known as durable (another folder's turn).
void forget_files();

std::unique_ptr<Files> faulty_files(Files& real);

}  // namespace vigil::vault::test
