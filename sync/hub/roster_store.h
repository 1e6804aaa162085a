// SPDX-License-Identifier: Apache-2.0
//
// The roster the hub judges by, and how a newer one replaces it. `vigilctl office hub` leaves
// roster.json, roster.json.minisig and root.pub; one that comes over the network is kept as the
// single file roster.archive, so that replacing it is one atomic step. Thread: safe from any.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/base/files.h"
#include "core/trust/roster.h"

namespace vigil::hub {

inline constexpr std::size_t kRosterLimitBytes = std::size_t{1} << 20;

struct PublishedRoster {
  trust::SignedRoster text;
  trust::Roster roster;
  Bytes archive;  // roster.json and roster.json.minisig as the network carries them
};

class RosterStore {
 public:
  // Takes the newer of the two forms. kNotFound: the folder was not prepared; kInvalid: what
  // verify_roster() says.
  [[nodiscard]] static Result<std::unique_ptr<RosterStore>> open(Files& files,
                                                                 const std::string& folder);
  // Stays valid while held, also after a newer one is published.
  [[nodiscard]] std::shared_ptr<const PublishedRoster> current();
  // True where it is newer and is now in force; false where it is the one we have. kConflict
  // "roster.rollback"; kInvalid: the archive, its signature, or another log than ours.
  [[nodiscard]] Result<bool> publish(ByteView archive);

 private:
  RosterStore(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
  [[nodiscard]] Result<PublishedRoster> read_archive(ByteView archive) const;

  Files& files_;
  const std::string folder_;
  crypto::minisign::PublicKey root_;
  std::mutex mutex_;
  std::shared_ptr<const PublishedRoster> current_;
};

}  // namespace vigil::hub
