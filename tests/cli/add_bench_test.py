"""What bench/add_bench reads of a run: its own processes, and no others of the same name."""
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOLDS = "import time; held = b'x' * (200 << 20); print(flush=True); time.sleep({})"


def load():
    loader = importlib.machinery.SourceFileLoader("add_bench", str(ROOT / "bench/add_bench"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("add_bench", loader))
    loader.exec_module(module)
    return module


class AddBench(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = pathlib.Path(folder.name) / "gavah"
        self.program.symlink_to(sys.executable)

    def test_memory_of_another_run_of_the_program_is_not_counted(self):
        with subprocess.Popen([self.program, "-c", HOLDS.format(60)], stdout=subprocess.PIPE) as other:
            other.stdout.readline()
            _, _, peak = load().run([str(self.program), "-c", "import time; time.sleep(1)"], os.cpu_count())
            other.kill()
        self.assertGreater(peak, 1)
        self.assertLess(peak, 100)

    def test_memory_of_a_process_that_it_starts_is_counted(self):
        parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS.format(1)!r}])"
        _, _, peak = load().run([str(self.program), "-c", parent], os.cpu_count())
        self.assertGreater(peak, 200)


if __name__ == "__main__":
    unittest.main()
