# docker build -t ingest-worker .      (from a clean checkout; docker run … takes the worker's arguments)
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Packages first: this layer only changes with the lock files.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/
COPY src/Ingest.Text/Ingest.Text.csproj src/Ingest.Text/packages.lock.json src/Ingest.Text/
COPY src/Ingest.Identity/Ingest.Identity.csproj src/Ingest.Identity/packages.lock.json src/Ingest.Identity/
COPY src/Ingest.Feeds/Ingest.Feeds.csproj src/Ingest.Feeds/packages.lock.json src/Ingest.Feeds/
COPY src/Ingest.Pages/Ingest.Pages.csproj src/Ingest.Pages/packages.lock.json src/Ingest.Pages/
COPY src/Ingest.PostgreSql.Embedded/Ingest.PostgreSql.Embedded.csproj src/Ingest.PostgreSql.Embedded/packages.lock.json src/Ingest.PostgreSql.Embedded/
COPY src/Ingest.Worker/Ingest.Worker.csproj src/Ingest.Worker/packages.lock.json src/Ingest.Worker/
RUN dotnet restore src/Ingest.Worker --locked-mode --artifacts-path /artifacts -p:Configuration=Release

# With its artifacts elsewhere the build takes no notice of bin and obj folders that came along.
COPY .editorconfig appsettings.json appsettings.schema.json ./
COPY src src
RUN dotnet publish src/Ingest.Worker -c Release --no-restore --artifacts-path /artifacts -p:UseAppHost=false -o /app

# "extra": with ICU (text is normalised) and time zones (schedules have them). No shell, no package manager, user app (1654).
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiselled-extra
WORKDIR /app
COPY --from=build /app .
USER 1654

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/Ingest.Worker.dll", "status", "--health"]
ENTRYPOINT ["dotnet", "/app/Ingest.Worker.dll"]
CMD ["run"]
