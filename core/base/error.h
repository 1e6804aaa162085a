// SPDX-License-Identifier: Apache-2.0
//
// Operating failures as values. Every public function that can fail because of its input, the
// disk, a peer or a key returns Result<T>; none throws. A message is one sentence a person can act
// on: what happened, to which thing, what to do next. It never holds an answer, a name or a key.
// Thread: values; free to copy between threads.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace vigil {

// What the caller can do about a failure. Closed: a new member needs a new way out.
enum class ErrorKind {
  kUsage,     // The call itself is wrong: ask differently. Exit status 2.
  kInvalid,   // The thing judged is not what it must be (form, bundle, signature). Exit status 1.
  kDenied,    // Wrong passphrase or a key without the right. Exit status 1.
  kConflict,  // It clashes with what is already stored (roll-back, fork, duplicate). Exit 1.
  kNotFound,  // No such file, visit or form. Exit status 3.
  kUnavailable,  // Not now: no network, peer down, busy. Trying later may help. Exit status 3.
  kStorage,      // Disk full, I/O error, database refused. Exit status 3.
};

// A failure. `code` is a stable dotted word for programs and frozen test vectors
// ("bundle.signature"); `message` is for people.
struct Error {
  ErrorKind kind;
  std::string code;
  std::string message;
};

template <typename T>
using Result = std::expected<T, Error>;

// The outcome of a step that yields nothing but may fail.
using Status = std::expected<void, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string_view code,
                                                 std::string message) {
  return std::unexpected(Error{kind, std::string(code), std::move(message)});
}

// The exit status that the command line promises for this kind (docs/command-line.md).
[[nodiscard]] constexpr int exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid:
    case ErrorKind::kDenied:
    case ErrorKind::kConflict:
      return 1;
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kNotFound:
    case ErrorKind::kUnavailable:
    case ErrorKind::kStorage:
      return 3;
  }
  return 3;
}

}  // namespace vigil

// Returns early with the error of `expression`, else goes on. For Status and for Results whose
// value is not wanted.
#define VIGIL_TRY(expression)                                    \
  do {                                                           \
    if (auto vigil_try_ = (expression); !vigil_try_.has_value()) \
      return std::unexpected(std::move(vigil_try_).error());     \
  } while (false)

#define VIGIL_CONCAT_INNER(a, b) a##b
#define VIGIL_CONCAT(a, b) VIGIL_CONCAT_INNER(a, b)

// `VIGIL_ASSIGN(auto bytes, read(path));` returns early with the error, else binds the value.
#define VIGIL_ASSIGN(declaration, expression) \
  VIGIL_ASSIGN_INNER(VIGIL_CONCAT(vigil_assign_, __LINE__), declaration, expression)
#define VIGIL_ASSIGN_INNER(temporary, declaration, expression)                      \
  auto temporary = (expression);                                                    \
  if (!temporary.has_value()) return std::unexpected(std::move(temporary).error()); \
  declaration = std::move(*temporary)
