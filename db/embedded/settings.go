//go:build unix

package embedded

import (
	"os/exec"
	"path/filepath"
	"syscall"
)

// command is the server's command line. Everything is said on it and nothing
// in postgresql.conf, so that a folder made by an earlier version of this
// program gets today's settings.
func (f *folder) command(p programs, durable bool) *exec.Cmd {
	args := []string{"-D", f.data()}
	for _, s := range f.settings(durable) {
		args = append(args, "-c", s)
	}
	cmd := exec.Command(filepath.Join(p.bin, "postgres"), args...)
	cmd.Dir = f.data()
	cmd.Env = environment()
	// On our death an immediate shutdown: an orderly one may wait for a client
	// for ever, and what is committed is safe either way.
	cmd.SysProcAttr = attributes(f.account, syscall.SIGQUIT)
	return cmd
}

func (f *folder) settings(durable bool) []string {
	s := []string{
		"listen_addresses=",
		"unix_socket_directories=" + f.socket,
		"unix_socket_permissions=0700",
		"port=5432", // of the socket's name; nothing listens on the network
		"max_connections=100",
		"password_encryption=scram-sha-256",

		"timezone=UTC",
		"log_timezone=UTC",
		"lc_messages=C",

		"shared_buffers=128MB",
		"work_mem=16MB",
		"maintenance_work_mem=128MB",
		"effective_cache_size=1GB",
		"random_page_cost=1.1",
		"jit=off", // compiling costs more than our short statements take

		// The server's log must not repeat what people wrote. An error's message,
		// its detail and its statement all can: only the server's own affairs
		// and the reasons of refused connections are logged, in one line each.
		"logging_collector=off",
		"log_destination=stderr",
		"log_min_messages=log",
		"log_min_error_statement=panic",
		"log_min_duration_statement=-1",
		"log_min_duration_sample=-1",
		"log_statement=none",
		"log_lock_waits=off",
		"log_error_verbosity=terse",
		"log_line_prefix=",
	}
	if durable {
		return append(s, "fsync=on", "synchronous_commit=on", "full_page_writes=on")
	}
	return append(s,
		"fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"wal_level=minimal", "max_wal_senders=0",
		"checkpoint_timeout=1h", "max_wal_size=512MB",
	)
}
