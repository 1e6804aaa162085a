// SPDX-License-Identifier: Apache-2.0
//
// One form being filled in. The session owns the answers; the definition is shared and never
// changes. The screen, the command line and the tests are equal clients of this header: it is the
// whole contract of the engine. One answer recomputes only what depends on it.
//
// A ref names a node by its path with [n] (from 1) on repeat instances: "/data/person[2]/age".
// Thread: one session, one thread at a time. No call blocks on disk or network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "forms/xform/definition.h"

namespace vigil::forms {

enum class NodeType {
  kQuestion,  // drawn, takes an answer
  kNote,      // drawn, takes none
  kTrigger,   // acknowledge
  kGroup,
  kSources,      // a group made by vigil::sources: one question asked once per source
  kRepeatRange,  // all instances of a repeat; `instances` counts them
  kRepeatInstance,
  kModelOnly,  // calculated or hidden: in the instance, not on the screen
};

struct Choice {
  std::string value;
  std::string label;
  std::string image;  // jr:// file name, or empty
};

enum class ViolatedCondition { kConstraint, kRequired };

struct Violation {
  ViolatedCondition condition;
  std::string message;  // in the current language; the author's own where there is one
};

// Everything a client may show of one node, resolved in the current language. A value: it goes
// stale with the next change, nothing in it points into the session.
struct NodeState {
  std::string ref;
  std::string parent_ref;  // "" for the root
  NodeType type = NodeType::kGroup;
  std::string control;     // body element: input, select, select1, upload, rank, range, ...
  std::string value_type;  // bind type without prefix: string, int, decimal, date, ...
  std::string value;
  bool relevant = true;  // own and all ancestors'
  bool readonly = false;
  bool required = false;
  std::string label;
  std::string hint;
  std::string guidance;
  std::vector<std::string> appearances;
  std::vector<std::pair<std::string, std::string>>
      parameters;  // range start/end/step, max-pixels...
  std::vector<Choice> choices;
  std::optional<Violation> violation;
  int instances = 0;                // repeat ranges only
  bool repeat_count_fixed = false;  // repeat ranges: a count expression rules, no add or remove
  int sensitivity = 1;              // vigil::sensitivity, 0..3; 1 where the author said nothing
  std::string standard;             // vigil::standard
  std::string limit;                // vigil::limit, an id in limits.csv
};

// What one operation did, in document order.
struct Change {
  std::vector<NodeState> changed;
  std::vector<std::string> removed;
};

// Where the session takes what it cannot know. Outlives the session.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
  [[nodiscard]] virtual int utc_offset_minutes(WallTime time) const = 0;
  // Uniform random bits (libsodium in the programs, seeded in tests).
  [[nodiscard]] virtual std::uint64_t random_bits() = 0;
  // deviceid, username, phonenumber, email: "" where the device does not tell.
  [[nodiscard]] virtual std::string property(std::string_view name) const = 0;
};

// Which answers a submission document carries (vigil::sensitivity 3 is the restricted part).
enum class SubmissionPart { kWhole, kGeneral, kRestricted };

struct SessionOptions {
  // A saved instance (instance_xml() of an earlier session, maybe of an older form version).
  std::optional<std::string> restore_xml;
  // A submitted instance to be edited: its instanceID becomes deprecatedID.
  std::optional<std::string> edit_xml;
  // A submission document, to be read as it was sent: nothing is calculated, no default comes in,
  // what does not stand in it does not apply. Whatever would change it fails kConflict
  // "session.sent".
  std::optional<std::string> sent_xml;
  // Its other part, where there is one (kRestricted beside kGeneral): fills what is empty there.
  std::optional<std::string> sent_restricted_xml;
  // The last saved instance of this form, for jr://instance/last-saved.
  std::optional<std::string> last_saved_xml;
  // true: a value that is not of the node's type, or not offered, empties the answer instead of
  // failing, as web-forms does (`vigilctl form run`). The screen and visits leave it false.
  bool wrong_values_clear = false;
  // true: an answer to a node that does not apply is kept until it does, as JavaRosa keeps it
  // (replayed scripts); false: set() refuses it.
  bool answer_irrelevant = false;
};

class FormSession {
 public:
  virtual ~FormSession() = default;
  FormSession(const FormSession&) = delete;
  FormSession& operator=(const FormSession&) = delete;

  [[nodiscard]] virtual const FormDefinition& form() const = 0;

  // Sets or (value "") clears an answer. An answer that breaks its constraint is stored and
  // reported as a violation, as the screen must keep showing it; use would_violate() to ask first.
  // Fails kInvalid: no such ref, a group, read-only or irrelevant node, a value that is not of the
  // type, a choice that is not offered.
  [[nodiscard]] virtual Result<Change> set(std::string_view ref, std::string_view value) = 0;
  // The violation that `value` would have at `ref`, without storing it.
  [[nodiscard]] virtual Result<std::optional<Violation>> would_violate(std::string_view ref,
                                                                       std::string_view value) = 0;
  // Appends an instance to the repeat range at `ref` ("/data/person").
  [[nodiscard]] virtual Result<Change> add_repeat(std::string_view ref) = 0;
  // Removes one instance ("/data/person[2]"); those behind it move up.
  [[nodiscard]] virtual Result<Change> remove_repeat(std::string_view ref) = 0;
  [[nodiscard]] virtual Result<Change> set_language(std::string_view name) = 0;
  [[nodiscard]] virtual const std::string& language() const = 0;
  // What stands before the fraction of a number that the form computed or was given, where it is
  // shown inside a label, a hint or a message ('.' until somebody says otherwise). Answers,
  // expressions and what is sent have a point always.
  virtual void set_decimal_mark(char mark) = 0;

  [[nodiscard]] virtual Result<NodeState> node(std::string_view ref) const = 0;
  // All nodes in document order, parents before children.
  [[nodiscard]] virtual std::vector<NodeState> state() const = 0;
  // Relevant nodes with a violation, in document order.
  [[nodiscard]] virtual std::vector<NodeState> violations() const = 0;
  // Recomputes what hangs on the clock (now(), today()) after it moved.
  [[nodiscard]] virtual Change clock_moved() = 0;
  // Evaluates an expression in the form (vigilctl form run, author's tests).
  struct Evaluation {
    std::string type;   // number, string, boolean, nodeset
    std::string value;  // node-sets: refs, one a line
  };
  [[nodiscard]] virtual Result<Evaluation> evaluate(std::string_view expression,
                                                    std::string_view context_ref) const = 0;

  // The instance as it must be kept to restore this session: irrelevant answers included.
  [[nodiscard]] virtual std::string instance_xml() const = 0;
  // What is sent: relevant nodes only, the end metadata stamped. kGeneral leaves values of
  // sensitivity 3 out, kRestricted leaves everything else out (structure and meta stay in both).
  [[nodiscard]] virtual std::string submission_xml(SubmissionPart part) = 0;
  // urn of this instance ("uuid:...").
  [[nodiscard]] virtual std::string instance_id() const = 0;
  // After restoring into another form version, or reading what was sent: refs of answers that do
  // not fit.
  [[nodiscard]] virtual const std::vector<std::string>& not_restored() const = 0;
  // What could not be computed when a new form was opened, though it did open: a sentence for its
  // author, "" where there is none.
  [[nodiscard]] virtual const std::string& opening_problem() const = 0;

 protected:
  FormSession() = default;
};

// Fails kInvalid where the restored or edited instance is not one of this form.
[[nodiscard]] Result<std::unique_ptr<FormSession>> open_session(FormPointer form, SessionHost& host,
                                                                const SessionOptions& options);

}  // namespace vigil::forms
