### Les indices sous les questions du formulaire d’une action.

form-hint =
    { $field ->
        [campaign] Son nom court, comme halte-renovictions ; il est créé s’il est nouveau
        [wording_fr] Ce que lisent les salons et que copient les gens. Vide si personne ne lit le français
        [wording_en] Ce que lisent les salons et que copient les gens. Vide si personne ne lit l’anglais
        [link] L’adresse entière, à partir de https://
        [hashtags] Séparés par des espaces
        [groups] Aucun pour tous les salons de bénévoles
        [date] Par exemple 2026-12-01
        [time] Par exemple 9 h 30, à l’horloge de chaque salon
        [closes] Par exemple 2026-12-01 20 h ; vide : la fin de la journée
        [target] Pour un appel : « Nom : numéro », séparés par un point-virgule, ou une juridiction comme ca-qc
        [script_fr] Ce que dit la personne qui appelle
        [script_en] Ce que dit la personne qui appelle
        [image] Le nom d’une image importée
       *[other] { "" }
    }
