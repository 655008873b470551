#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class BackupCommand final : public Command {
 public:
  std::string_view name() const override { return "backup"; }
  std::string_view summary() const override { return "copy a chronicle; only what is new, checked after copying"; }
  std::string_view example() const override { return "gavah backup case.chronicle stick/case.backup"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("DEST", destination_, "directory to make, or an earlier backup of the same chronicle");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    GAVAH_ASSIGN(const auto done, pipeline::backup(*chronicle, destination_));
    if (json_) {
      JsonWriter out;
      out.begin_object().member("leaves", done.leaves).member("objects_copied", done.objects_copied);
      out.member("objects_present", done.objects_present).member("objects_removed", done.objects_removed).end_object();
      print_line(out.str());
    } else {
      print_line(format("backed up {} leaves; {} objects copied and checked, {} were there, {} removed since shredded",
                        done.leaves, done.objects_copied, done.objects_present, done.objects_removed));
    }
    return kDone;
  }

 private:
  std::string directory_;
  std::string destination_;
  bool json_ = false;
};

class RestoreCommand final : public Command {
 public:
  std::string_view name() const override { return "restore"; }
  std::string_view summary() const override { return "make a chronicle from a backup; never signs over history"; }
  std::string_view example() const override {
    return "gavah restore stick/case.backup case.chronicle --mirror server/case.backup";
  }
  void declare(Arguments& arguments) override {
    arguments.word("SRC", options_.source, "a backup");
    arguments.word("DEST", options_.destination, "directory to make");
    arguments.option("--mirror", options_.mirror,
                     "another copy, to catch up from when the backup is behind a signed head");
    arguments.option("--head", head_file_, "the newest checkpoint that others keep, a file, to compare with");
    arguments.flag("--newest", newest_, "where no signed head is known: you vouch that no copy has signed more");
    arguments.option("--new-origin", options_.new_origin,
                     "when the rest is lost: begin a new log of this name, which cites the old one's signed head");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (newest_) options_.newest = seal::Newest::vouched;
    if (!head_file_.empty()) {
      GAVAH_ASSIGN_AS(options_.head, world.disk().read(head_file_), "reading the head to compare with");
    }
    bool is_protected = false;
    options_.ask_passphrase = [&] {
      is_protected = true;
      return ask_passphrase("Passphrase for " + options_.source);
    };
    GAVAH_ASSIGN(const auto done, pipeline::restore(world, options_));
    if (!is_protected) complain("this chronicle has no passphrase: whoever has the directory can read all of it");
    if (json_) {
      JsonWriter out;
      out.begin_object().member("leaves", done.leaves).member("caught_up", done.caught_up);
      out.member("lost", done.lost).member("origin", done.origin).end_object();
      print_line(out.str());
    } else if (options_.new_origin.empty()) {
      print_line(format("restored {} leaves, {} of them from the mirror; gavah derive makes the index", done.leaves,
                        done.caught_up));
    } else {
      print_line(
          format("took over {} leaves as {}, which cites the old log's head; {} leaves of that are lost; gavah "
                 "derive makes the index, gavah pin prints the new keys for readers",
                 done.leaves, done.origin, done.lost));
    }
    return kDone;
  }

 private:
  seal::RestoreOptions options_;
  std::string head_file_;
  bool newest_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> backup_command() { return std::make_unique<BackupCommand>(); }
std::unique_ptr<Command> restore_command() { return std::make_unique<RestoreCommand>(); }

}  // namespace gavah::cli
