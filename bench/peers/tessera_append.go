// Durable appends with Tessera's POSIX driver, beside which bench/log measures ours:
//
//	tessera_append DIRECTORY ENTRIES ENTRY_BYTES BATCH
//
// As many goroutines as a batch has entries add one entry each and wait for its index, which that driver gives once the
// entry is integrated and its files are synced. Prints "ENTRIES SECONDS".
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		fail(err)
	}
	return value
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "tessera_append:", err)
	os.Exit(1)
}

func open(ctx context.Context, directory string, batch int) (*tessera.Appender, func(context.Context) error) {
	secret, _, err := note.GenerateKey(rand.Reader, "bench.example")
	if err != nil {
		fail(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		fail(err)
	}
	driver, err := posix.New(ctx, posix.Config{Path: directory})
	if err != nil {
		fail(err)
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithBatching(uint(batch), 100*time.Millisecond).
		WithPushback(uint(4 * batch)).
		WithCheckpointInterval(time.Second)
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		fail(err)
	}
	return appender, shutdown
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: tessera_append DIRECTORY ENTRIES ENTRY_BYTES BATCH")
		os.Exit(2)
	}
	entries, size, batch := number(os.Args[2]), number(os.Args[3]), number(os.Args[4])
	ctx := context.Background()
	appender, shutdown := open(ctx, os.Args[1], batch)
	work := make(chan int, 4*batch)
	var wait sync.WaitGroup
	begin := time.Now()
	// Two batches in flight: one is filled while the other is written.
	for i := 0; i < 2*batch; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := range work {
				data := make([]byte, size)
				copy(data, fmt.Sprintf("entry %d ", n))
				if _, err := appender.Add(ctx, tessera.NewEntry(data))(); err != nil {
					fail(err)
				}
			}
		}()
	}
	for n := 0; n < entries; n++ {
		work <- n
	}
	close(work)
	wait.Wait()
	seconds := time.Since(begin).Seconds()
	if err := shutdown(ctx); err != nil {
		fail(err)
	}
	fmt.Printf("%d %.3f\n", entries, seconds)
}
