package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"lfpse/cmd/lfpse/sample"
	"lfpse/db"
	"lfpse/graph/graphiql"
	"lfpse/internal/authz"
	"lfpse/internal/mailer"
	"lfpse/internal/organisation"
)

// demoCommand serves sample data. It has a database server of its own, always:
// sample accounts have passwords that anybody can read, and must never get into real data.
type demoCommand struct {
	Data        string    `help:"The data folder, kept for the next demo." type:"path" default:"${data}" env:"LFPSE_DATA"`
	PostgresBin string    `help:"The folder of PostgreSQL's programs; found by itself unless given." env:"LFPSE_POSTGRES_BIN" placeholder:"DIR"`
	Listening   listening `embed:""`
	Events      int       `help:"How many sample events to make, on the first start." default:"20000"`
	Seed        uint64    `help:"Which sample events: the same seed makes the same ones." default:"1"`
	JSON        bool      `name:"json" help:"Print one line of JSON once it answers, for scripts."`
}

// Run starts everything and serves until it is told to stop.
func (c *demoCommand) Run(ctx context.Context, log *slog.Logger, env environment) error {
	if os.Getenv("LFPSE_DATABASE_URL") != "" {
		return errors.New("LFPSE_DATABASE_URL is set, but a demo runs a database of its own: unset it, or use 'lfpse serve'")
	}
	listener, err := c.Listening.listen()
	if err != nil {
		return err
	}
	defer listener.Close() //nolint:errcheck // serving closes it first
	storage := storage{Data: c.Data, PostgresBin: c.PostgresBin}
	if err := private(c.Data); err != nil {
		return err
	}
	if err := storage.keys().create(); err != nil {
		return err
	}
	d, err := storage.open(ctx, log)
	if err != nil {
		return err
	}
	return errors.Join(c.show(ctx, log, env, listener, d, storage.keys()), d.close())
}

// show makes what sample data is missing, says where everything is and serves.
func (c *demoCommand) show(ctx context.Context, log *slog.Logger, env environment, listener net.Listener, d *database, keys keyFiles) error {
	s, err := assemble(ctx, log, d, keys, ordinary())
	if err != nil {
		return err
	}
	password, err := samplePassword(filepath.Join(c.Data, "demo-password"))
	if err != nil {
		return err
	}
	err = sample.Fill(ctx, sample.Options{
		DB: d.asOwner(), Events: s.events, Accounts: s.accounts, Map: s.geography.Map(), Taxonomy: s.taxonomy, Password: password,
		Seed: c.Seed, Count: c.Events, Until: time.Now(), Log: log,
	})
	if err != nil {
		return fmt.Errorf("making sample data: %w", err)
	}
	people := peopleOf(s.geography.Map(), password)
	address := "http://" + listener.Addr().String()
	shown := demonstration{
		GraphQL:  address + "/graphql",
		GraphiQL: address + "/graphiql/",
		Mailbox:  address + "/mailbox/",
		Accounts: people,
	}
	if err := shown.print(env.out, c.JSON); err != nil {
		return fmt.Errorf("saying where everything is: %w", err)
	}
	page := graphiql.New(graphiql.Options{Endpoint: "/graphql", Accounts: buttons(s.geography.Map(), people), Title: "lfpse demo"})
	writer, err := mailing{}.writer(address)
	if err != nil {
		return err
	}
	box := &mailer.Mailbox{}
	return serve(ctx, log, listener, d, s, site{
		address: address, graphiql: page, mailbox: box, post: db.Delivery{Writer: writer, Sender: box},
	})
}

// samplePassword answers the password of the sample accounts of a data folder:
// drawn once, kept for its owner's eyes.
func samplePassword(path string) (string, error) {
	kept, err := os.ReadFile(path)
	if err == nil {
		return string(kept), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("reading the sample accounts' password: %w", err)
	}
	password := rand.Text()
	if err := os.WriteFile(path, []byte(password), 0o600); err != nil {
		return "", fmt.Errorf("keeping the sample accounts' password: %w", err)
	}
	return password, nil
}

// demonstration is what a demo tells of itself.
type demonstration struct {
	GraphQL  string   `json:"graphql"`
	GraphiQL string   `json:"graphiql"`
	Mailbox  string   `json:"mailbox"`
	Accounts []person `json:"accounts"`
}

// person is a sample account. Area is the ODS code of what it is responsible
// for, empty for the whole country; ICB and Region are those that the area lies in.
type person struct {
	Role     authz.Role `json:"role"`
	Area     string     `json:"area"`
	ICB      string     `json:"icb"`
	Region   string     `json:"region"`
	Name     string     `json:"name"`
	Email    string     `json:"email"`
	Password string     `json:"password"`
}

func (d demonstration) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(d)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "GraphiQL\t%s\nGraphQL\t%s\nMailbox\t%s\n\nROLE\tAREA\tE-MAIL\tPASSWORD\n", d.GraphiQL, d.GraphQL, d.Mailbox)
	for _, p := range d.Accounts {
		area := p.Area
		if area == "" {
			area = "everywhere"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", p.Role, area, p.Email, p.Password)
	}
	fmt.Fprint(table, "\nStop it with Ctrl-C.\n")
	return table.Flush()
}

func peopleOf(geography *organisation.Map, password string) []person {
	today := organisation.DayOf(time.Now())
	var people []person
	for _, p := range sample.People() {
		shown := person{Role: p.Role, Area: p.Area.Code, Name: p.FirstName + " " + p.LastName, Email: p.Email, Password: password}
		code := organisation.ODSCode(p.Area.Code)
		switch p.Area.Type {
		case authz.AreaOrganisation:
			if icb := geography.ICBOf(code, today); icb != nil {
				shown.ICB = string(icb.ODSCode)
			}
			if region := geography.RegionOf(code, today); region != nil {
				shown.Region = string(region.ODSCode)
			}
		case authz.AreaICB:
			shown.ICB = p.Area.Code
			if region := geography.RegionOfICB(code, today); region != nil {
				shown.Region = string(region.ODSCode)
			}
		case authz.AreaRegion:
			shown.Region = p.Area.Code
		}
		people = append(people, shown)
	}
	return people
}

// buttons are the accounts as GraphiQL offers them, in words.
func buttons(geography *organisation.Map, people []person) []graphiql.Account {
	accounts := make([]graphiql.Account, len(people))
	for i, p := range people {
		accounts[i] = graphiql.Account{
			Role: strings.ReplaceAll(strings.ToLower(string(p.Role)), "_", " "), Area: areaName(geography, p.Area),
			Name: p.Name, Email: p.Email, Password: p.Password,
		}
	}
	return accounts
}

func areaName(geography *organisation.Map, code string) string {
	ods := organisation.ODSCode(code)
	switch {
	case code == "":
		return "the whole country"
	case geography.ByCode(ods) != nil:
		return geography.ByCode(ods).Name
	case geography.ICBByCode(ods) != nil:
		return geography.ICBByCode(ods).Name
	case geography.RegionByCode(ods) != nil:
		return geography.RegionByCode(ods).Name
	}
	return code
}
